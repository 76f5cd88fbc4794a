using Microsoft.AspNetCore.Http;

namespace SlmPlanner.Planner.Web.Safety;

/// <summary>Refuses requests for other hosts (421) and everything but reading (405).</summary>
internal sealed class HostGuard(RequestDelegate next, AllowedHosts hosts)
{
    /// <summary>Passes a request on, or refuses it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!hosts.Allows(context.Request.Host.Host))
            return Refuse(context, StatusCodes.Status421MisdirectedRequest, "This server answers on its own address only.");
        return HttpMethods.IsGet(context.Request.Method)
            ? next(context)
            : Refuse(context, StatusCodes.Status405MethodNotAllowed, "This server can only be read: GET.");
    }

    private static Task Refuse(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
