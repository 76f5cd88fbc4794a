using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SlmPlanner.Web.Tests.Browsing;

public sealed class PlanningTests(RunningSite site, Browser browser)
{
    private const string Link = "/plan?model=slm-1b&tokens=20B&budget=2000&gpus=H100,A100-80GB";

    [Fact]
    public async Task A_person_states_a_run_and_gets_a_recommendation_with_a_link_to_keep()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync("/");
        await window.Page.GetByLabel("Model", new() { Exact = true }).FillAsync("slm-1b");
        await window.Page.GetByLabel("Tokens to train on").FillAsync("20B");
        await window.Page.GetByLabel("Budget, USD", new() { Exact = true }).FillAsync("2000");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(
            new System.Text.RegularExpressions.Regex("/plan[?]model=slm-1b&tokens=20B&budget=2000$"), new() { Timeout = Window.Patience });
        await window.Shows("#answer h2", "Rent ");
        await window.Shows("#answer .choices", "recommended");
        await window.Shows("#answer .note", "Ranges hold with 90 % probability.");
        await Expect(window.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Rent "));
        Assert.EndsWith("/plan?model=slm-1b&tokens=20B&budget=2000", window.Page.Url, StringComparison.Ordinal);
        await window.Picture("plan-light");
        var said = await window.Page.Locator("#answer h2").InnerTextAsync();
        await window.Page.ReloadAsync();
        await window.Shows("#answer h2", said);
    }

    [Fact]
    public async Task The_first_page_has_an_example_with_its_three_answers_and_plans_without_a_script()
    {
        await using var window = await browser.Open(site, new() { JavaScriptEnabled = false });
        await window.Page.GotoAsync("/");
        await window.Shows("#answer h2", "Rent ");
        await Expect(window.Page.GetByLabel("Model", new() { Exact = true })).ToHaveValueAsync("slm-1b");
        Assert.InRange(await window.Page.Locator("#answer .choices > li").CountAsync(), 1, 3);
        await Expect(window.Page.Locator("#answer .card.chosen")).ToHaveCountAsync(1);
        await window.Shows("aside", "What would change my mind");
    }

    [Fact]
    public async Task The_worth_of_a_day_moves_the_recommendation_towards_the_fastest()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync("/");
        var worth = window.Page.GetByLabel("Worth of a day, USD", new() { Exact = true });
        await worth.FillAsync("100000");
        await worth.PressAsync("Enter");
        await window.Shows("#answer .card.chosen h3", "fastest");
        await worth.FillAsync("0");
        await worth.PressAsync("Enter");
        await window.Shows("#answer .card.chosen h3", "cheapest");
    }

    [Fact]
    public async Task The_page_weighs_less_than_300_kB_and_nothing_shifts_while_it_opens()
    {
        await using var window = await browser.Open(site);
        await window.Page.AddInitScriptAsync(
            "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value; })"
            + ".observe({ type: 'layout-shift', buffered: true });");
        var answered = new List<IResponse>();
        window.Page.Response += (_, response) => answered.Add(response);
        await window.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var sizes = new List<int>();
        foreach (var response in answered)
            sizes.Add((await response.BodyAsync()).Length);
        Assert.InRange(sizes.Sum(), 10_000, 300_000);
        Assert.Equal(0, await window.Page.EvaluateAsync<double>("window.shift"));
    }

    [Fact]
    public async Task Bad_input_is_explained_beside_its_field_and_mended_there()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync(Link);
        var tokens = window.Page.GetByLabel("Tokens to train on");
        await tokens.FillAsync("twenty");
        await tokens.PressAsync("Enter");
        await window.Shows("#problem-tokens", "--tokens is 'twenty', expected a number of tokens");
        await Expect(tokens).ToHaveAttributeAsync("aria-invalid", "true");
        await window.Picture("bad-input");
        await tokens.FillAsync("10B");
        await tokens.PressAsync("Enter");
        await window.Shows("#answer .asked", "10B tokens");
        await Expect(window.Page.Locator("#problem-tokens")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_slider_moved_by_keyboard_plans_again_and_the_address_follows()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync(Link);
        var slider = window.Page.GetByLabel("Most GPUs, slider");
        await slider.FocusAsync();
        await slider.PressAsync("Home");
        await Expect(window.Page.GetByLabel("Most GPUs", new() { Exact = true })).ToHaveValueAsync("1");
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?&]max-gpus=1(&|$)"),
            new() { Timeout = Window.Patience });
        await window.Shows("#answer h2", "1 × ");
        await window.Shows("#progress", "planned in");
    }

    [Fact]
    public async Task Without_a_script_the_form_still_plans_and_explains()
    {
        await using var window = await browser.Open(site, new() { JavaScriptEnabled = false });
        await window.Page.GotoAsync(Link);
        await window.Page.GetByLabel("Budget, USD", new() { Exact = true }).FillAsync("1500");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
        await window.Shows("#answer", "at most $1,500");
        await window.Page.GetByLabel("Tokens to train on").FillAsync("x");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
        await window.Shows("#problem-tokens", "expected a number of tokens");
    }
}
