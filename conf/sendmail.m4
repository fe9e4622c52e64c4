dnl Line for sendmail.mc, after your other filters: copy this file to
dnl /etc/mail/m4/listpulse.m4 and add
dnl     include(`/etc/mail/m4/listpulse.m4')dnl
dnl An empty F= lets mail pass when listpulse is not there; the timeouts keep a
dnl frozen one from holding mail up. The folder of the socket must be writable
dnl by its owner only, or Sendmail will not use it. This is where listpulse
dnl listens by default if no Postfix is installed.
ifdef(`confLISTPULSE_SOCKET', `',
`define(`confLISTPULSE_SOCKET', `/run/listpulse/milter.sock')')dnl
INPUT_MAIL_FILTER(`listpulse',
	`S=local:confLISTPULSE_SOCKET, F=, T=C:2s;S:2s;R:3s;E:10s')dnl
