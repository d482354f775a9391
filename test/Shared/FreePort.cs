using System.Net;
using System.Net.Sockets;

namespace Wheelhouse.Testing;

/// <summary>
/// Ports that belong to this test process until it ends. They lie below the range that the kernel gives to clients, so that a server
/// may stop and start again on its port, and are reserved by a locked file, so that tests running beside these take others.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private static readonly List<FileStream> Reserved = [];
    private static readonly Lock Gate = new();

    public static int Take()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "wheelhouse-test-ports"));
        lock (Gate)
        {
            for (var attempt = 0; attempt < 1000; attempt++)
            {
                var port = Random.Shared.Next(First, Last);
                if (TryReserve(Path.Combine(folder.FullName, $"{port}")) is not { } reservation) continue;
                Reserved.Add(reservation);
                if (IsFree(port)) return port;
            }
        }

        throw new InvalidOperationException("No free port was found.");
    }

    private static FileStream? TryReserve(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Another test process holds it.
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
