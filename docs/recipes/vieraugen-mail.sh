#!/bin/sh
# Hands the mail on standard input to vieraugen; Postfix's pipe(8) reads what came of it.
# Usage: vieraugen-mail.sh https://one.example.com/hooks/mail /etc/vieraugen-mail
# The second file holds one line, readable for this user alone: Authorization: Bearer THE-SECRET
said=$(curl --silent --show-error --max-time 60 --output /dev/null --write-out '%{http_code}' \
    --header "@$2" --header 'Content-Type: message/rfc822' --data-binary @- "$1")
case "$said" in
    2??) exit 0 ;;                                    # kept
    413) echo 'too big: please answer without attachments'; exit 69 ;;
    422) echo 'this is no mail that can be read'; exit 65 ;;
    *) echo "vieraugen says $said"; exit 75 ;;        # later: Postfix keeps it for days
esac
