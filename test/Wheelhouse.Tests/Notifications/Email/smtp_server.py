"""A mail server on a free port of the loopback; prints the port, then each message that it takes as a line of JSON. Ends with its input.

argv: "plain", "starttls" or "implicit", then a certificate and a key, then the user and the password that may sign in.
"""
import base64, json, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

mode, certificate, key, user, password = (sys.argv[1:] + [""] * 5)[:5]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user " + password
        if address.startswith("full@"):
            return "452 4.2.2 the mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if b"\nSubject: poison" in envelope.content:
            return "554 5.7.1 not that"
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "content": base64.b64encode(envelope.content).decode(),
            "tls": session.ssl is not None,
            "user": session.auth_data or None,
        }), flush=True)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    if (data.login.decode(), data.password.decode()) != (user, password):
        return AuthResult(success=False, handled=False)
    return AuthResult(success=True, auth_data=user)


settings = {}
if mode == "starttls":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    settings = {"tls_context": context, "require_starttls": True}
if mode == "implicit":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    settings = {"ssl_context": context, "auth_require_tls": False}
if user:
    settings.update(authenticator=authenticate, auth_required=True)


class AnyPort(Controller):
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = AnyPort(Handler(), hostname="127.0.0.1", port=0, enable_SMTPUTF8=True, **settings)
controller.start()
print(controller.port, flush=True)
sys.stdin.read()
controller.stop()
