using Wheelhouse.Cli.Hosting;

using var host = CliHost.OfProcess();
return await CliApp.RunAsync(args, host);
