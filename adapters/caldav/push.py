"""CalDAV servers announce nothing (WebDAV-Push is a draft), so calendars are polled."""

push = None
