using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Tests.Services;

public sealed class ApplicationModuleTests
{
    [Theory]
    [InlineData("{current}/bin/gunicorn -w 2 -b 127.0.0.1:8000 -p /run/web.pid hello.wsgi:app", "hello.wsgi")]
    [InlineData("{current}/bin/python -m gunicorn -D -c /etc/billing/gunicorn.py billing.wsgi", "billing.wsgi")]
    [InlineData("{current}/bin/gunicorn -D billing.wsgi", "billing.wsgi")]
    [InlineData("{current}/bin/gunicorn -k uvicorn.workers.UvicornWorker -n billing app.main:api --log-level info", "app.main")]
    [InlineData("{current}/bin/gunicorn -c python:billing.settings --bind=unix:/run/b.sock 'billing.web:create(\"production\", 2)'", "billing.web")]
    [InlineData("{current}/bin/uvicorn --factory billing.asgi:create --port 8000", "billing.asgi")]
    [InlineData("{current}/bin/hypercorn billing.asgi:app --bind 0.0.0.0:8000", "billing.asgi")]
    [InlineData("{current}/bin/daphne -b 0.0.0.0 -p 8001 billing.asgi:application", "billing.asgi")]
    [InlineData("env A=b {current}/bin/waitress-serve --port=8041 billing:app.wsgi", "billing")]
    [InlineData("{current}/bin/gunicorn billing.wsgi --workers 2", "billing.wsgi")]
    public void It_is_found_among_the_options_of_the_server(string command, string expected) => Assert.Equal(expected, ApplicationModule.Of(command));

    [Theory]
    [InlineData("{current}/bin/celery -A billing.tasks worker --loglevel info")]
    [InlineData("{current}/bin/python -m billing.worker")]
    [InlineData("{current}/bin/gunicorn -c /etc/billing/gunicorn.py")]
    [InlineData("{current}/bin/gunicorn -c /etc/g.py --name billing")]
    [InlineData("{current}/bin/gunicorn -w 2 --log-level debug")]
    [InlineData("{current}/bin/gunicorn --chdir /srv/app wsgi:app")]
    [InlineData("{current}/bin/uvicorn --app-dir=/srv/app main:app")]
    [InlineData("/etc/billing/start.sh")]
    public void A_command_that_names_none_has_none(string command) => Assert.Null(ApplicationModule.Of(command));
}
