using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>The form, with each problem beside its field.</summary>
internal static class PlanFormView
{
    /// <summary>The form filled with what was asked.</summary>
    public static Html Render(PlanForm form, Given given, IReadOnlyList<FieldProblem> problems) => Html.Of($"""
        <form id="plan" action="/plan" method="get" aria-label="What to train">
        <p class="problem" role="alert" id="problem-">{Message(problems, "")}</p>
        <div class="fields">
        {PlanFields.Main.Select(field => Text(field, given, problems))}
        {PlanFields.Choices.Select(field => Choice(field, given, problems))}
        </div>
        <fieldset class="boxes"><legend>Prices</legend>
        <label><input type="checkbox" name="{RequestOptions.Spot.Name}" value="true"{Checked(given.Of(RequestOptions.Spot))}> {RequestOptions.Spot.Field().Label}</label></fieldset>
        <details{Open(given.Has(RequestOptions.Providers) || Has(problems, RequestOptions.Providers))}><summary>{RequestOptions.Providers.Field().Label}</summary>
        <p class="note">None ticked means all.</p>
        <div class="boxes">
        {Providers(form, given)}</div>
        {Problem(RequestOptions.Providers, problems)}</details>
        <details{Open(PlanFields.More.Any(field => given.Has(field) || Has(problems, field)))}><summary>For engineers</summary>
        <div class="fields">
        {PlanFields.More.Select(field => Text(field, given, problems))}</div></details>
        <p><button type="submit">Plan</button> <span id="progress" role="status"></span></p>
        {List("list-model", form.Models)}{List("list-gpus", form.Gpus)}
        </form>
        """);

    private static Html Text(CommandOption field, Given given, IReadOnlyList<FieldProblem> problems) => Html.Of($"""
        <div class="field">
        <label for="{field.Name}">{field.Field().Label}</label>
        <input id="{field.Name}" name="{field.Name}" value="{given.Text(field) ?? ""}" placeholder="{PlanFields.Placeholder(field)}" autocomplete="off" maxlength="400" list="list-{field.Name}" aria-describedby="problem-{field.Name}"{Invalid(field, problems)}>
        {Slider(field)}
        {Problem(field, problems)}
        </div>

        """);

    /// <summary>A slider for what is worth moving; the script sets its ends and writes the field.</summary>
    private static Html Slider(CommandOption field) => field.Field().HasSlider
        ? Html.Of($"<input type=\"range\" class=\"script-only\" data-for=\"{field.Name}\" min=\"0\" max=\"1000\" aria-label=\"{field.Field().Label}, slider\">")
        : default;

    private static Html Choice(CommandOption field, Given given, IReadOnlyList<FieldProblem> problems) => Html.Of($"""
        <div class="field">
        <label for="{field.Name}">{field.Field().Label}</label>
        <select id="{field.Name}" name="{field.Name}" aria-describedby="problem-{field.Name}"{Invalid(field, problems)}>
        <option value="">not stated</option>
        {field.Choices.Select(name => Html.Of($"<option value=\"{name}\"{Selected(string.Equals(name, given.Text(field), StringComparison.OrdinalIgnoreCase))}>{name}</option>\n"))}</select>
        {Problem(field, problems)}
        </div>
        """);

    private static Html Providers(PlanForm form, Given given)
    {
        var chosen = given.Of(RequestOptions.Providers);
        return Html.Join(form.Providers.Select(provider => Html.Of(
            $"<label><input type=\"checkbox\" name=\"providers\" value=\"{provider}\"{Checked(chosen.Contains(provider, StringComparer.OrdinalIgnoreCase))}> {provider}</label>\n")));
    }

    private static Html Problem(CommandOption field, IReadOnlyList<FieldProblem> problems) =>
        Html.Of($"<p class=\"problem\" id=\"problem-{field.Name}\">{Message(problems, field.Name)}</p>");

    private static string Message(IReadOnlyList<FieldProblem> problems, string field) =>
        string.Join("; ", problems.Where(problem => problem.Field == field).Select(problem => problem.Message));

    private static bool Has(IReadOnlyList<FieldProblem> problems, CommandOption field) =>
        problems.Any(problem => problem.Field == field.Name);

    private static Html List(string id, IEnumerable<string> names) =>
        Html.Of($"<datalist id=\"{id}\">{names.Select(name => Html.Of($"<option value=\"{name}\"></option>"))}</datalist>\n");

    private static Html Invalid(CommandOption field, IReadOnlyList<FieldProblem> problems) =>
        Html.Trusted(Has(problems, field) ? " aria-invalid=\"true\"" : "");

    private static Html Checked(bool isChecked) => Html.Trusted(isChecked ? " checked=\"checked\"" : "");

    private static Html Selected(bool isSelected) => Html.Trusted(isSelected ? " selected=\"selected\"" : "");

    private static Html Open(bool isOpen) => Html.Trusted(isOpen ? " open=\"open\"" : "");
}
