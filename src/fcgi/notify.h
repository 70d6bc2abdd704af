/* fcgi/notify.h - telling systemd what the service is doing (sd_notify(3), protocol only:
 * datagrams to the socket named by NOTIFY_SOCKET). */
#ifndef FCGI_NOTIFY_H
#define FCGI_NOTIFY_H

/* Sends one message ("READY=1", several lines allowed). Nothing happens without
 * NOTIFY_SOCKET; a message that cannot be sent is lost, as the protocol has it. */
void fcgi_notify(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
