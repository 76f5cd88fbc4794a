using Microsoft.AspNetCore.Http;
using SlmPlanner.Core;
using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Planner.Web.Safety;

/// <summary>
/// Turns what a page throws into an answer: 400 with the message of bad input, 500 without any detail. On standard error only
/// the kind of the failure is written, never the request.
/// </summary>
internal sealed class FailurePage(RequestDelegate next)
{
    /// <summary>Passes a request on and answers for its failure.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (InputException exception) when (!context.Response.HasStarted)
        {
            await Answer(context, StatusCodes.Status400BadRequest, "That can't be answered", exception.Message);
        }
        catch (Exception exception) when (!context.Response.HasStarted
            && exception is not (BadHttpRequestException or OperationCanceledException))
        {
            Console.Error.WriteLine($"unexpected: {exception.GetType().Name}");
            await Answer(context, StatusCodes.Status500InternalServerError, "Something went wrong", "The request could not be answered.");
        }
    }

    private static Task Answer(HttpContext context, int status, string title, string message) =>
        Layout.Page(title, Html.Of($"<main><h1>{title}</h1><p class=\"problem\">{message}</p></main>"), status).ExecuteAsync(context);
}
