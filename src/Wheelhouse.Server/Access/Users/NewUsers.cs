using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Users;

/// <summary>Adds users to the database, inside a change of the <see cref="DatabaseWriter"/>.</summary>
internal static class NewUsers
{
    /// <summary>Makes a user and records that.</summary>
    /// <param name="context">The context that the change was given.</param>
    /// <param name="audit">Where it is recorded.</param>
    /// <param name="request">Whom to make; checked.</param>
    /// <param name="hash">The password's hash: computing it takes longer than a change may.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ApiException">409: the name is taken.</exception>
    public static UserRow Add(WheelhouseContext context, AuditLog audit, UserRequest request, string hash, string by, DateTimeOffset now)
    {
        var key = UserRow.KeyOf(request.Name);
        if (context.Set<UserRow>().Any(other => other.Key == key))
        {
            throw new ApiException(
                409, ProblemCodes.NameTaken, $"There is a user '{request.Name}' already.", "Choose another name, or change that user.");
        }

        var row = new UserRow
        {
            Key = key,
            Name = request.Name,
            Password = hash,
            Role = request.Role,
            Services = [.. request.Services],
            Environments = [.. request.Environments],
            Projects = [.. request.Projects],
            CreatedAt = now,
            CreatedBy = by,
        };
        context.Add(row);
        audit.Record(context, by, "user.created", row.Name, row.ToCaller().Describe());
        return row;
    }
}
