using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>The plan's addresses: the form, a plan by its link, the same for the script, and files to download.</summary>
/// <param name="form">Reads requests.</param>
/// <param name="desk">Plans.</param>
/// <param name="currency">In which amounts are shown where a request says nothing else; null for dollars.</param>
internal sealed class PlanEndpoints(PlanForm form, PlanDesk desk, PlanCurrency? currency)
{
    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        AnswerCache.Keep(routes.MapGet("/", context => Answer(context, form.Example, Page)));
        AnswerCache.Keep(routes.MapGet("/plan", context => Answer(context, Page)));
        AnswerCache.Keep(routes.MapGet("/api/plan", context => Answer(context, Replanned)));
        AnswerCache.Keep(routes.MapGet("/plan/evidence", Evidence));
        AnswerCache.Keep(routes.MapGet("/plan/measure-first", MeasureFirst));
        routes.MapGet("/plan/files/{name}", context => Answer(context, File));
    }

    /// <summary>Plans the example, so that the first visitor finds its answer; returns when it is there.</summary>
    public async Task Warm()
    {
        if (form.Read(form.Example).Question is { } question)
            await desk.Plan(question, CancellationToken.None);
    }

    private Task Answer(HttpContext context, Func<HttpContext, Asked, IResult> render) =>
        Answer(context, PlanQuery.Read(context.Request.Query), render);

    private async Task Answer(HttpContext context, Given given, Func<HttpContext, Asked, IResult> render)
    {
        var (question, problems) = form.Read(given);
        var plan = question is null ? null : await desk.Plan(question, context.RequestAborted);
        await Render(context, given, problems, plan, render).ExecuteAsync(context);
    }

    /// <summary>The answer in the currency asked for, else in the server's own.</summary>
    private IResult Render(
        HttpContext context, Given given, IReadOnlyList<FieldProblem> problems, PlanResult? plan, Func<HttpContext, Asked, IResult> render)
    {
        var asked = problems.Count > 0 ? null : CurrencyOptions.Of(given) ?? currency;
        using var shown = ShownCurrency.Use(asked);
        return render(context, new(given, problems, plan is null ? null : plan with { Currency = asked }));
    }

    private async Task Evidence(HttpContext context)
    {
        var given = PlanQuery.Read(context.Request.Query);
        var (question, problems) = form.Read(given);
        var result = question is null
            ? PlanView.Page(form, given, problems, null)
            : EvidenceView.Page(await desk.Evidence(question, context.RequestAborted), PlanQuery.Write(given));
        await result.ExecuteAsync(context);
    }

    private async Task MeasureFirst(HttpContext context)
    {
        var given = PlanQuery.Read(context.Request.Query);
        var (question, problems) = form.Read(given);
        var measure = question is null ? null : await desk.MeasureFirst(question, form.Probing, context.RequestAborted);
        using var shown = ShownCurrency.Use(problems.Count > 0 ? null : CurrencyOptions.Of(given) ?? currency);
        var result = question is null ? PlanView.Page(form, given, problems, null) : MeasureView.Page(measure, PlanQuery.Write(given));
        await result.ExecuteAsync(context);
    }

    private IResult Page(HttpContext context, Asked asked) => PlanView.Page(form, asked.Given, asked.Problems, asked.Plan);

    private static IResult Replanned(HttpContext context, Asked asked)
    {
        var query = PlanQuery.Write(asked.Given);
        var answer = asked.Plan is { } plan
            ? new PlanAnswer { Link = $"/plan?{query}", Title = PlanText.Answer(plan), Html = PlanView.Result(plan, query).ToString() }
            : new PlanAnswer { Link = $"/plan?{query}", Problems = asked.Problems };
        return PlanAnswers.Write(answer);
    }

    private IResult File(HttpContext context, Asked asked)
    {
        if (asked.Plan is not { } plan)
            return Page(context, asked);
        var files = PlanDownloads.Of(plan).Where(file => file.Refusal is null).ToList();
        return files.Find(file => file.Name == (string)context.GetRouteValue("name")!) is { } file
            ? Results.Bytes(file.Bytes, file.ContentType, file.Name)
            : Layout.Page("No such file", Html.Of($"<main><h1>No such file</h1><p>This plan has {string.Join(", ", files.Select(known => known.Name))}.</p></main>"), StatusCodes.Status404NotFound);
    }

    private sealed record Asked(Given Given, IReadOnlyList<FieldProblem> Problems, PlanResult? Plan);
}
