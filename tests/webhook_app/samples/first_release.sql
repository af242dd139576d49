BEGIN TRANSACTION;
CREATE TABLE actions (
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	lane TEXT NOT NULL, 
	state TEXT NOT NULL, 
	trouble TEXT NOT NULL, 
	due_at DATETIME NOT NULL, 
	wanted INTEGER NOT NULL, 
	attempts INTEGER NOT NULL, 
	CONSTRAINT pk_actions PRIMARY KEY ("key")
);
INSERT INTO "actions" VALUES('reconcile:e8dd8c008f83eabf','reconcile','e8dd8c008f83eabf','e8dd8c008f83eabf','done','','2026-11-28 09:31:00.000000',9,0);
INSERT INTO "actions" VALUES('mirror:489341d2e1104dcb','mirror','489341d2e1104dcb','e8dd8c008f83eabf','done','','2026-11-27 08:11:07.181349',2,0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE connections (
	connection_id TEXT NOT NULL, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_connections PRIMARY KEY (connection_id)
);
INSERT INTO "connections" VALUES('caldav:ben@example.com','v1.k1.jmodEK+4s02fq2LZ0RIy+4ynEyrif9vVj01aEFSmrhfis8rHh0j0UX0jODuFI2fg+iuBDVtb8q3Noopj3Cj3pmvD1uUyH20sgMeGpcQkubwQwaW3EW60zeHF2AJanm1AXUKTnrUtzxKaD64IZT+DwR3etAnsJTbtG47AlZddPMe8ZaGj+GR/71xBqZZdBv9C4gIV6h01/1/JXvZP5c3LUZ3WkFdGlubgXgD7W61BFBcbmzUbu6ctFjhWgLrnhr/mCzXXegyyT58ryWmuG8qPEDp15DiIvaxXP6fVODUInVxRErklYlzNnEsNOTAMmCRa4MqDNtNjDaa4EckXh8E5t/Isddapt/nnK1Q75xwgZGsLcvk6mAAJHF9evelMafKF+LdSPwrWdO3dWQO697giJtgeJSkGOJxjRz/QSWrdzhJEOsXJ6uQ3IFoZXUUHMnYm+tqOVSuT1vJGUBSyhvKEbQ==');
INSERT INTO "connections" VALUES('caldav:anna@example.com','v1.k1.hU2o3TJBrh5kjumdvNGKeMHs9lceOskZm6zU0aJdoui3xtWix6PtrZ2C+NKJuO3fffNy034RDd0wxX5FZo1XyC14IUV7r8Gj8oeLWCXp3eViwD1LEpHo2a+eQ64ffAUkRZfekjOcBfXIOJT0C+7poy287mXcop+fEChUzS7ozMJG/o65IuujUovnoP2oiryVLK7h6lSAoZxNRE+Qbnich2s6BbkMlUjcs+v8o9yn0gja94zA5Fn74heEgiKj917Cl6vjrfLMFa3TktUdviGQ3AJCKxZIWc2/UlhgJn3SI5CGcOpRbGnYr/P5Zl3jqACaVlOtR1/2cVR0AfcnLfih2Juch3G59GJzBYwyPvN1DPPqcK8krSAwPQ==');
INSERT INTO "connections" VALUES('caldav:cleo@example.com','v1.k1.2oR3ExdAiu9w+Xo2N5LdidSzinDJFPXRYfELqDjjGax2uCKWaGw7mf1fRz5aglsPpR/b0bka8HYPxkHtQCWMiN7jaErXWJSQ70jDcH7zd3JtjAaXoXXt4B7Dor9AJgasUrVGJrhqKxRf4KeC4rtHsMTn/0yVusMrmbWAz7zZALws2f2o+Nr+58NzCA039USmRUXq5h+RKtZyIbohyB//jtj7x2vKSyL45io62P58c+s8Uw9lmVAed79RkZ2j/clVlZYQ9iUbgtBkpZjKX3GRwJaZFnmcyiCNbfc8WvHfqKm2T258pEg3LR4SSsJ8zyxcTTvvJi3R139iSGKJCky5YASRUOi/90gMDk7zdHf0xVF84Gm7dzy3KA==');
CREATE TABLE copies (
	calendar_id TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	series_id TEXT NOT NULL, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_copies PRIMARY KEY (calendar_id, event_id)
);
INSERT INTO "copies" VALUES('http://127.0.0.1:57245/ben/ben-anna/','/ben/ben-anna/weekly-anna-ben.ics','e8dd8c008f83eabf','v1.k1.lYmuzyQShGIMwObwlZW3GIsq8o7+QllLedOqTJJ7BmxvT2HcWr9zlMIxU7wrrUvqb8z6kwmDAEQRqfY6vzJ+rD3GoEo7eZEaJKIDWO8eU5k+XqseSddQR5jSTG/7n3KmJ3Wy2Hd6uavCo8Z28x5vIV2wnuTF3Wh+9mTzfJ2uUhJiH87Zrf4YhD9H/FsAjOn2rZRo6lOPA0iUFeNinnQNIQK5rBt/Bp9XPeXP3aspAfjDND+tyclU1qBzlw8UhEFJVxF+PFLKhIX6QT1fjoFXI5Hp8/kKiJFrUi1V32x8O5oFjGSmOmp53wLO3LsaIu86xZA36KstfowGZFdF0w==');
INSERT INTO "copies" VALUES('http://127.0.0.1:57245/ben/ben-cleo/','/ben/ben-cleo/weekly-cleo-ben.ics','c086cc1e82b3c087','v1.k1.ZRk7WPBDd/uuqGlgvHDytSTjRb0s6XgQEWHdIBfmBW0ibgIZTQdiMuhbkkfNDnBVYI8/wwgFIvouUDGXoWayT3ZB5nbkW3udeoQoyB817wAdjF8fVUncRDXVS19A4Va5FbP+iVfND+0IaETGJJFx5abcNhDwGiPpAJ9oTFKMEr0N0OthFdfqUVGWoVWWccsA1Yv416frJ0YgNgGzjQq8tTd7F4DSxV9knzfxpRU35ItHg6EROz+tBW1wuXMImkO6MAsslyvcVi92crmGN/hPgceOu20TlvhJtcXuGfsx4yrziUrTR7fPvPctd7VCJlMXDyt8K/2Dg8JcNYyA9g==');
CREATE TABLE cursors (
	connection_id TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	cursor TEXT NOT NULL, 
	CONSTRAINT pk_cursors PRIMARY KEY (connection_id, subject)
);
INSERT INTO "cursors" VALUES('caldav:anna@example.com','http://127.0.0.1:57245/anna/tasks/','http://radicale.org/ns/sync/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
INSERT INTO "cursors" VALUES('caldav:ben@example.com','http://127.0.0.1:57245/ben/ben-anna/','http://radicale.org/ns/sync/dd3fb73bbfe76b6e6d8b1b816635a4102357ea92362fc65d630d14cb4a78f8ca');
INSERT INTO "cursors" VALUES('caldav:ben@example.com','http://127.0.0.1:57245/ben/ben-cleo/','http://radicale.org/ns/sync/ea5006177d5c94d28bc0c9b65b1aeaae188c603a38353c8d35e983562307a3b4');
INSERT INTO "cursors" VALUES('caldav:ben@example.com','http://127.0.0.1:57245/ben/tasks/','http://radicale.org/ns/sync/b2fd00eaf163302b58a3420ec7f0f0cb2abc6df721f99bdda66d4b1b94b2c725');
INSERT INTO "cursors" VALUES('caldav:cleo@example.com','http://127.0.0.1:57245/cleo/tasks/','http://radicale.org/ns/sync/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
CREATE TABLE happenings (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	name TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	"by" TEXT, 
	CONSTRAINT pk_happenings PRIMARY KEY (number)
);
INSERT INTO "happenings" VALUES(1,'2026-11-27 08:11:07.181349','series.enabled','e8dd8c008f83eabf',1,'ben@example.com');
INSERT INTO "happenings" VALUES(2,'2026-11-27 08:11:07.181349','agenda.written','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(3,'2026-11-27 08:11:07.181349','point.added','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(4,'2026-11-27 08:11:07.181349','point.added','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(5,'2026-11-27 08:11:07.181349','agenda.written','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(6,'2026-11-27 08:11:07.181349','point.ticked','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(7,'2026-11-27 08:11:07.181349','point.added','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(8,'2026-11-27 08:11:07.181349','agenda.written','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(9,'2026-11-27 08:11:07.181349','action.done','489341d2e1104dcb',1,'ben@example.com');
INSERT INTO "happenings" VALUES(10,'2026-11-27 08:11:07.181349','agenda.written','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(11,'2026-11-28 09:31:00.000000','meeting.held','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(12,'2026-11-28 09:31:00.000000','point.carried','e8dd8c008f83eabf',1,NULL);
INSERT INTO "happenings" VALUES(13,'2026-11-28 09:31:00.000000','agenda.written','e8dd8c008f83eabf',1,NULL);
CREATE TABLE pairs (
	pair_id TEXT NOT NULL, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_pairs PRIMARY KEY (pair_id)
);
INSERT INTO "pairs" VALUES('anna@example.com+ben@example.com','v1.k1.ajZ6OnKFVmow0vhTsq4AF7OMee1LvnTMQryl8W2x3xN0YK/GoCiDrzFKI75484Obsuo8a5OyY0KG/0haPyfxv4dmLkRMlmYpiCYeyUWTAiCUhSGY0LZYuv1LD08sn84At2GIiZH2wgpoSBAFVq0nuclIEyqZ6nXluy57dHIRMBN0D86siyguzM5W/fi1eLGVAKgJivAtfA7ZPw==');
INSERT INTO "pairs" VALUES('ben@example.com+cleo@example.com','v1.k1.f2M+I2TfvKfNoyYVIaRiycQb0a4jO1yKQ4EMBfOXD3wbkUkkaw+g0sAMN6LPXOgWYvBYhDtJPgDlIRNPubXNFL447z74n722Zb4Hd8WRPfAhlq6YEUkGKqDmDwbJDoDnO7apzkicKlMgY0gOY2LkbgfGSNDk1wKdlLJ2pseOktfQxgghSU8FxEMTOWghbSFgKA/2ARZPREq5tA==');
CREATE TABLE people (
	address TEXT NOT NULL, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (address)
);
INSERT INTO "people" VALUES('ben@example.com','v1.k1.Os1NHazq4wOecbyMtrZVHE7Wo4k8HWg9WHLErGp0RDM1Cz+3VkwzSZDFYUYUWwjZIvAT6haBSQxLlgyGSkBC76DXn65xFXMM3pL4RgAtO1/bjxoNRgq7MAA2zmeaEVCDxBM5au+cL6h04EryoJEUhVSbOQ==');
INSERT INTO "people" VALUES('anna@example.com','v1.k1.hKZ++jT+QzSYM9KAYVM8gRfAvLddHYrn50zYaGhymxQgTIOdhTpriIgnwbxbvhFKCCFLaInQ+MHsfLKboWVnAMOb8V6Nmyj8DSwHcDztmT/70N8PxwCHAiRhbeKaHq8E5lY5xWRviZmKSYK07xWM3mbtLyc=');
INSERT INTO "people" VALUES('cleo@example.com','v1.k1.h+UuaFYDbM1xbjRuKdUuybmOVZZafs7dIZwWtRE3NwaT7RXI8u3R9bDqM0j3801omWZbwA5W/fFbAoAspzvFbJ5VMY1lEFRludXgyt6ePjAeW/vq6j+QDza83Xt3m7Pc+I2McsxXv1a9S6tCvHoNNFOp+Mo=');
CREATE TABLE secrets (
	connection_id TEXT NOT NULL, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_secrets PRIMARY KEY (connection_id)
);
INSERT INTO "secrets" VALUES('caldav:ben@example.com','v1.k1.D5cZ130BP68n/ZHw2viCv3eJ1DvJE7zgm3QALBCs0kU4txY3/0SG2Q==');
INSERT INTO "secrets" VALUES('caldav:anna@example.com','v1.k1.X5zBhc+/VOrrAhpioPcKd45WbcpqFtJIkmyhl06gQ/xLPbuuDhn/gg==');
INSERT INTO "secrets" VALUES('caldav:cleo@example.com','v1.k1.yty2CIrJ5U+BYhFhEWigZZ7UWdGP84Ko/LLlnFgLdJEHWjcfgbAkmQ==');
CREATE TABLE series (
	series_id TEXT NOT NULL, 
	uid TEXT NOT NULL, 
	pair_id TEXT, 
	state TEXT NOT NULL, 
	look_again DATETIME, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_series PRIMARY KEY (series_id)
);
INSERT INTO "series" VALUES('e8dd8c008f83eabf','weekly-anna-ben','anna@example.com+ben@example.com','enabled','2026-12-05 09:30:00.000000','v1.k1.aNFzHpXJBaOjzOcKi0ddNfVsS6mAkmi2Zuwr3D/i86FmkCGbWg7hHSGMmZHduC5MsJXsbrI/ln9jxhyMA0gQ4g3dfzvGHBl2D8tyvgaA6MtX53Rmkwi/poPt45LDoX1ZD2PzZ29eecwnXWAJ71ScMzRXU7UoYbQHn2+Ot+edvF21fefq1l7Yyq+odldkLuaEVLlZNScf7gC8AdTSVgOOiM8QUcjTPTIdZiAbR4BQ9Khc7A4q3sqo6TxIjzcUpeEpNjHswCkmvtuKuoPM0hTQSthTJdv38iqxgUcQH0uGESMzV9VMaAvOUVYLw5Ysnl5IoA1eX0jVxmxqCVhxdKOTZGcER1mwyIkwmNR+teorAg67NoSD6T5H9eqECckKQCaJA8fcRVG7e6XTQ14+2jXqkL7CZdbROVmg5bWt77CDKIwSval5kDnOABVWjRtzC8cY/pvqH/XCxd0ULuA+I5dp0FKASLsp7o53GlgQQgrCltvPaUSPZTvT7Vcwv0hfMz/6pSs6iZo+YC3CahrFlQ7VFx1VdJ53l51ZGfkMcCug6nGQ1jZPzVkTTmyBfci/MaTJReqgoptB7jhWOt0phngvCXJ2V5J04pgxtvJ4Xv0TfUZgOlfiH1inyWu0e8Tr94pMeSihNkNLaOE1LbbdWrnfzA9YqL2NS4SAitw=');
INSERT INTO "series" VALUES('c086cc1e82b3c087','weekly-cleo-ben','ben@example.com+cleo@example.com','found',NULL,'v1.k1.tXtfBL4GYKOliHPmJfyf8wzAojn+dg6zdhHmw3lqt8mvCpwToRptqdaBlwD+Zj1uEKWhJ2ygYRUv8RfEZb/HLjMGRqZVFgj5BRQT4Ijc5jMrbU0TyMo88qdgkMhlQAxahRWNll58lxp0SQRZ8P+yxI8dW1LghdEGITHfTRxsNun+C1YgSvhzoVU/3qHx+QPeDsgfhPTrXTw06a7Ks1JMFogR/xEVbCoCjWQFP79XCwsQNCPxU3JhqMqdxik8D29uBz8EAOtvgv0BRXhbt1XG4WoxoNZ6WYmvkEPdUNei2r/vTK51FAbVQz/w075T3xkaIOfFOpP7AMLW68Nc8rNCvPMeCq/gUdqEIbfl0CrlxHvazP+29QPPkxYKbkp+3ck+QDg0gMryYWSEZCTmeKqF8bChuRQ2V7OOYYCqkuJCXbxHDIgxWTRTM5DIxshgpgmzRC1Mo1xrb0OV82ZlPtjKnAYl9HxLxqHJN5RoxirR8ItpZYOmybk12YGU2KXNxwRUEZdbVKX/fKPhtfZUkplJOUyNTIyyACeqwBScgLimsGJqulBBZND17vKidjVdqj6U5zPTkeCpoltkXA99PUw3zqSSAA3cC8v7eelJcADrCNLjBMK9jMXyWFuunFA3tVVIT0TjT6ViFcU=');
CREATE TABLE sheets (
	sheet_id TEXT NOT NULL, 
	series_id TEXT NOT NULL, 
	pair_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_sheets PRIMARY KEY (sheet_id)
);
INSERT INTO "sheets" VALUES('d11516497b446e5b','e8dd8c008f83eabf','anna@example.com+ben@example.com','closed',1,'v1.k1.pnP9frzOFeUYHg71uYhcBzgnTCeVd3shjajxJbWrKtO+4balYUTzKvUnD6AwXzi0j1mCo8iPtyVpVgt64oOWm/m+aoYurMCDBW53/XcDZR4XC4uiLGVK7t4bOW/0HjDnoRp8KEtpDovyc+zcMWpWrtQ3WXt4+wE//kPOu8i96II7y2V63suKoihAoqH6jSc8FdOBp29ic5t0G3rERx0pF6w4ky41yRWucNAQZPx2KLgqsCc8tXoeCGvRqoYnS4rdspr+eL0wHq/Q6o9V2njvdd4XXiRRSj4mdSAU8MbadF/Y2alsLM1dfdOSv6guWmuuwMofd5iMmHk0RAYVu4Xq61+pWqJUbW/q5gDmPgAN6GvabL3R6wcmuiPS1er93WyLIcQ80fO0WIhMjpMypCCCTRvmeJor8E1RWym6iKgKlqqdvl0xybGtw+Rtpc9QZFtbFdvnMPsm6oC/vsPWf+cnTL2K9LbLG//SRcyJpYls3P91mPoIc3D9/Y2LDo1bpMCrNmpVLqlAfO9Nk+VBGZaMLLkS/fHDrIn2XeyFCI8PC9g4hGC08obBhY8FjvD23CBbpWmM4c+9CuP8HoLd9QUJBJkZ8K6cL6gEjLGlMj3gDByeXRMpjQ0soovdr9xeRWqEIP5jKKyQmJEi1Efe1n4JsODlIbQX1aP1VEiDK/susoWrz3yN2AK1Tnhq/MW88qdc8Y2kDB3kL+2clauiu3SOZbasrxGe2S5VX0s9ZS/9CYM41HN5Yz+BkfFViWSpPM2GEo0O1OXcJQ57KoZsLFnpJ1aqSCSeIvUyBDJG/D/t8dH7VQwGhUPbk74T6NBO/7DqItZpoju1AOPTYa43lpi3iYyvz1NoIQd68i6V0qnwdK5bHN22VS2wz29E1d01XWeId1kwxX0LEhrw034rkRPSAaqd4ok8Ji9sfOct85+DhMRkvC0iPZCM2DRKs4+lGVccnCDPeYKkVv2+HBhbhnt4uH1vGOETEJ4nZzdgIVQYe4RcEw2sxZvwuAtZYDJeO11kqybamfa9s3JO/tQtkPiTiJgGo5jxDa2fZ/3lgRUeTeynJwoBe6ZQkvIs1FxtT/5MgkhbgfgbVzEelOGkCcPqxQ5aPk5mgGB3G+fBIVJXVvOVstGVWbJ2HkWABUY4Xu7hhg8Odpc2NwGD0JnI4OyJ5SyyehVf90cnBTN8v/CEdKkEq48jT+lTgjkJ6I+S1m57WCuiltLUeF6medMyl0Z3cDHu0EJJfMx839CzgxS0o+qpOrpAIvNZj/k4DEsPodUjmt7av3QOe8VC+LahPrk0CmDwoAp2W5oKovY2NNxytdAsgs4Mjxvj60VTyG3UuufYG8/BJNO2RO+cywisAEn9uiNlzPRnenNRvm7b+R0x0V8MLDbAOxeXkn0g1UDTIs9zDK4CSWVnmBDX19sseQOYY1DMIk2hEe0LRARoW3xXEECs4bX21txn0sTBLT2Sx+fGJx6QB+1nd+XZaSWvIik5cQ==');
INSERT INTO "sheets" VALUES('5ce83f6a3eee03ac','e8dd8c008f83eabf','anna@example.com+ben@example.com','open',2,'v1.k1.d6ngx8Pp4Hf3KQWM5SUldLRLXpADIzwvqV1QZG/m58hx1rMcFUK8ulAOqmslYawNulXmXE3/vVkhsKngQTMtkcgTWJMrDaYF5Ztp4iBZ4qbPiGqYFIOrjVESumYGk7E5ZwI9OVHH7j1ac6zo5nwGyvKykS3vghgfJWcisiNftDfxZkweld/8u4lm1SFAwfv0SB74LjrbU6jH26vbAsZOM9pTTh+jLfPpgW9g9HB3a5QWqKVMl+knUWBGtSmRzQ2Q1z0b9by5Oq7iNCbyslEdLmjd33ijkFr9uUEZTFsQYL+RtV6xZFgM+VGdXtWPZQdvY9URYk+PvxI72J7VPSUKcfLE0EpOUQ5UD+D7YKnh47pV87a0mxO8MubTugwKu8xMrq4zzgXnRv+R9jlJ+j6iDTfUYBV6qh0yOKd/JO5RnI/VAouhLvG+1+xA2dry1kyD9c1CWF/uFh/A8GKz7r0n3HRzq7S2qYNPP4ZxLcumnDxx26yPicyXNwqx4WKZuUtWi3QeGYCc4aCB56+Rzs1oQv962vYw5yxy0ad8J1IMKBFhxn3YLHE4ScAnV98EuLW3EzbtGeBrGGE996rTqH7HI9V9esrHGe9Jtt7xXPzWJNQKHxdAP9oHOFF20cyTFk2M8H1BJuaI30C+sTCAyHxjbu1gekzQanA/rIAUDyaF8gRA8Zn24fynDxCvyar9fS6xGptJK7EIsaph3B+e7Om+usw3W1mYPqpHRUS8i5kP6MJFvUIwP970weaiH9r2oDHpPKL32VUgh/gd2HHIkG3g0Zs3dSvQiqg9xKK+76exuSwTdSK/g/eTrQ8x/8zXDVF1acDcKdtFzKjFua7St0WH6Un2s7LtnWy7mLWgXmzKYEZX6+DmwajlB0SeNW5xxLjWelBfRlsSZnKUwmX1GkL9pTw5vsDT6vkocGGa4y96sKkUIIC6LHq7/goMRgLVbNJLxs5HcXBLdTe6Q/AQwA3ViFs+8+MhvjUb67m6908dY0nz9vnjEww9D0wiUceuWebLr9cylV543lLJiA2iOirfymL/TU+KSLgj0ZQ9z+OxJL3RmEctVQ==');
CREATE TABLE task_links (
	item_id TEXT NOT NULL, 
	series_id TEXT NOT NULL, 
	connection_id TEXT NOT NULL, 
	task_id TEXT, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_task_links PRIMARY KEY (item_id)
);
INSERT INTO "task_links" VALUES('489341d2e1104dcb','e8dd8c008f83eabf','caldav:ben@example.com','/ben/tasks/c8cb65f1-c215-5805-9280-bf7f9e850092.ics','v1.k1.CnZs/ffibajffjQ6WXvJ3Ptv0YRnKDVktAd0jToidC364iSzFPgW6riEvUZ6hROC6tp2imoiH2fV0viyDlMQIcbE5DamgWjcwz6BG/g8E958kcdpvDZPGGgU/4P5FvhALt96CiUrgy9RxKKFwqVzbggqBTvCQZ9qUGvlZrrsJwuhTo7I6ZkgVw0DWUMuVkbmcYIpkUR+evBvqwLXbOYFi9gWKQb7mgsiNxEmm9ix4SrkJXNedfxBrd0cVuPeINd+34E/DOzeMHpFN+TTDzw+ddBRiHVjkQeg84EMf4PGlfld+H/3Ccf7Lucb0DTiFiKc3vaDGBD2aHgkx4ms5ZF25xXr3hi6ll6SiL5PeTvuw00njQCToMq5io7ilgZ7xuq2s5UeHM4e0ybRi1X3LZqPWolPBrGmQgeVe0X4PaWcR6b9SRO/ElKxuQWo+iHTCJVhO3vJRLsFNJYr/gzq390YTurZGZpvi2yl0DFG');
CREATE TABLE written (
	sheet_id TEXT NOT NULL, 
	calendar_id TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	sealed TEXT NOT NULL, 
	CONSTRAINT pk_written PRIMARY KEY (sheet_id, calendar_id, event_id)
);
INSERT INTO "written" VALUES('d11516497b446e5b','http://127.0.0.1:57245/ben/ben-anna/','/ben/ben-anna/weekly-anna-ben.ics#20261128T090000Z','v1.k1.OyP3Te37hot4lNYCPlzq/czo++gT5AlyLHCd5W3lOFQwPd7X7nAz0eXl77JUhb+F5TgAr/1+est0L9UEb0wEl+llhPW8ySUMkyEAIEwNpZe9aBQvb6u5sOOS9wRqy1m2FZ23+eGUYmK0evJEz3DsLpZS8gu7l6Lcll3M1JXdHjRXEWJiKeq5uAFLXm2FrKqnFNXm3slAeL+BbN6aRcJi19H4CkFdtK1WlrqFzV7pU4LFsH5f+N+X3t41sQr80SYuyP12zjrMGoZc5BQEMA5yEPZvPpw0/WtbSZEjPJw158bqsRL0hT45mLvgVetMQkmOE2IGIkuxO72qBkfc0BqnN7e3ODBmFQRsBX1cCskro1LGtPWNBeUGwsWuv5uVxQpemA5UtcG9y2U+TZUAO/JrVbBEG+nbmatTOEmmXdMag/jf1uXY+03gpkz31D+dYe2Gp7Xx1g5Z3y88SyipGsIXulUFm5bYK865U7p1TDrq/zaexF/NdxarAQXx60w59k3hbW8ZmRA5ATo/v2gIybMG9tEmYJUodrt1qs+jRHyRVeZCReOLOOthvWHUEv9khReSL/k7pCPTU132fBEPnic+WunJhHnthPFf4YGLNUFrYvvVAZ+V87uwYRcsIcLB1MAfh0YTfEmD74tLSE0ot8MxBHCjvcbl+8FP2UzwwYto3Rj8T797vCRgogi+WcAKktUhJJfVQ3DeQmWAJm9/5OZi3Bcx6/sVM9dkbv/wVhbvhGkDTd4gWC3mGt0h9inX59++NoOejzyr8dfJNG9JdpspYvSXXZ/UhEWDYeAzSIE/F7MPAnYLMVXOIi2F0DrR3TUj57tubti67aQVXvLRBtVgPeUO+S+I/NuuTNHRiOAs+4StJ5VfRUghtyT6SQ3VMQTeo2ZtZ/eHemgb7O6qw6zSyclYZlRvU03UNpaheoFvQY2xGq65moe6tSUjG6Ck9P9keokUqR2CryuHFA4ZBDD0+FfJWyCgJHY4i6FHAsKezESorfG+JM5/EbPS+e1t2I3+FCRpG1PsAG140d4wzJn3c2FppoLoHfM0fD7jQbcwEli9OwVXdBCS5et1rnjBP9DLMivsxjFJzBGBznVxCVxnQJ4TCEqOSI55/CvaJ0Yxr+aB6HlYGA4mTNTOuCKFlT2fTmnBIkS3lDRQJ7khs+NjaGyodCA+bPHMjNpjsJExoGbRb5aYSUhUvJtKBsEITCv3KBVITmefx4kD4WZV0LpNAVqdyjcb1pwWVcbo9foAv1VVII2R1gBihsr1hgX6PpbalB04aNFn/p2yR+PEd+JkSm6AilhmHb+LL8ZhvN8L5hwXoiHoheGugibzg4Eq3JPj3aubZI7+GTuLJYSP7iuzUWjxCae7yUQad5cHtRpRZOki+GzSETXFgGcIh/PgkIWqrCe9MznQHxKlnHHzvNBVNJEoSz7rKAJebQXvuS27P/zPPWU2xWtQy+x7mULTfHqx+GJAQPT4guMTrzww8JT0wPzTaUY2oYcRW9XwZQJ6IqcEASn6coNz5YLiNwjXNde6pYqaZ7gvgZ3bf4D/tbMZ64SlH7RiHfync/npZq3mJNNqxd2bZDZD4vdfnV64poH1hzfxnCYAN2vd8ikj3WW8xdIBsCZ8gLbl89WaTHrylt+P3ytiY90Pn+tP44USAFxHlQep41tdOrsOGB+AJ2NAe+VCWwVwMrynJ52hZFcKsZvwRbdpfCGbGk8+PrjDm5VztgNz12DGME3AaN2L+8c9ySA2otukHJtbI7dpcpAIUZ0mgjECPtHlJCcs5piGmUMAX7J5AzZt66plkSytWOUzQ3S3Ik9h/RIQQI7ceuvJhv8MDsKRZYdbiFis/fmNHcPBAeyu8rtf3F+LFR4p5SU9h9MI2zPdm4c8yR/PAoIRwiWzCHyzIOoTWvLli9KNodY6BLEvGwjihHdgevHAEdBNhHxx2ubM5KaXIfDIJ8zc');
INSERT INTO "written" VALUES('5ce83f6a3eee03ac','http://127.0.0.1:57245/ben/ben-anna/','/ben/ben-anna/weekly-anna-ben.ics#20261205T090000Z','v1.k1.rTjNlSpwZLH5AiXVG60MDCFa7KiLTNbKIwxL/35FMjC+AAveTtEgaB7GFMmL5vqsDDHK0IK+uE+DVEGUihqmt601RAm6mOYzb1gRWJSOb9sRQVPiqOOsFmrSBfWJ4x+RELuqHbe8BO/bsPku8LgWbB+E4Q+XFe7wXD2E2agyRxng6g13C/cuJWYpGUZSUsyaQw87K/0ce4EC56or3zSjf0YweT2xHUcjk1fCl6EM9izCGU1j02pxezDQcs/kKhThEBYpnH8VxM9OuE5BnudhQ4nydGTghYP5cTCTcSp6nRquWLPMrkZrt0QjKWWMUUOiayoqaTaYp/cP1srf83FQYv8ekvaMK6ELF2yeMK7Bs/XkdrNOEWMRUGQLD0c5lmFhoW7LOuYck4jSalyKLGOLi7iCjP05yMww3vkNPWyfBjqcb6iMfnFug7X5zBn8HsONEWsuTyyv1221tN+NJwvu0g4ozF1zI2qI/1ET0z9ncL8/fIe32X6wu8hnnjFFass1NABZ8F5PYeCGHfnsnn13RAkGocVeYbLyvBCFKf+StyOjs2itw8x8jBEVDMz3Se1n8wy/AboTWxvvhzn+wJtjv2KGsYo49kA20PRDyDT09HAsFHLvLbU+ikJzEqt3FdzF6S1JG/bZuzZjGCOVY3uz107OWqdTuuJcB+5Q1YZIYC39pFkYpKU6DYdy1q0L/u+z/JOB1I5rWfHP23e8UXUviQtGuuhp5p8bXZjue8bP4vHSMZwjW2XSPTgXIdXpIfharxnp312ES+A1bAHrwFpxBYDfqFyvMAxC2FZgEFCqTQQcgqiqGhYF1V5pYwh00x0gsJbP2ktUnIDPfvXcanR3v+/TKhEcmKvCWJVlXa7B/OXgzYUDh7ox6lBxNdReu0mdWIROhaphGpDDu4lyrdXFC/a9boAtm28B2jy0O9nEC45gl/7U520DR6wFmMW7Kyb7E7qoSZuXXs4SHT+x0gsfwPlxlJbsm0GkdD8YcIRtnuycJ3SfNOaDCbxI26x0K/uqa5478oFodCW+Kn07IRWU7NyPi9Z9lmnSvvoMzxD9h2NtUCpbKSXjY40L44uQlsMlTouq+oMlFhJV+c7GXcY4JELtfMpB3ME79xhEHOwVQwsjEth2KuDyrONqPQH5+3fTEHWDNh6iAtSmoxX8+fd9tGpbTcWJPGjt0JpygF9OgypE2d8KD1IFMicvsQfq5tFyQaco+qCkWcNc1ZyMKyD5E3ZBGuXqKZgz/8YQhWeWwo0c8SdT04QK61iMpHZzNO1D3DWk/1zT7QZKGsserUc0zJ5hMN0gO2IxdynrChIl5a6YKqJ6r4CVSlJKs0bCi8dD8rMZ9xqz88J8k2qyOmVIGOyumaSMXzNZYOJjtlzYZYhggorUZcpcn/pKEpjJJoUWzbjsPgzUqbODuVfWZXjpxjPm3DhrM3hXrcBQsQHiF6qX+U+5KuuDrORlS/v1cQTbG/r0/FZlmjPjdQ==');
CREATE INDEX ix_actions_state_due_at ON actions (state, due_at);
CREATE INDEX ix_copies_series_id ON copies (series_id);
CREATE INDEX ix_happenings_subject ON happenings (subject);
CREATE INDEX ix_series_pair_id ON series (pair_id);
CREATE INDEX ix_series_state ON series (state);
CREATE INDEX ix_series_uid ON series (uid);
CREATE INDEX ix_sheets_pair_id ON sheets (pair_id);
CREATE INDEX ix_sheets_series_id ON sheets (series_id);
CREATE INDEX ix_task_links_series_id ON task_links (series_id);
CREATE INDEX ix_task_links_task_id ON task_links (task_id);
COMMIT;
