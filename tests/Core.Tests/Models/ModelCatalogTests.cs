using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Models;

namespace SlmPlanner.Tests.Models;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("models");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Names_and_aliases_are_found_whatever_their_case()
    {
        Assert.Equal("slm-1b", ShippedModels.Catalog.Find("SLM-1B").Name);
        Assert.Equal("gpt2", ShippedModels.Catalog.Find("openai-community/gpt2").Name);
    }

    [Fact]
    public void Every_shipped_model_is_valid_and_says_its_source_and_date()
    {
        foreach (var model in ShippedModels.Catalog.Models)
        {
            Assert.Empty(ShapeLimits.Problems(model));
            Assert.False(string.IsNullOrWhiteSpace(model.Source), model.Name);
            Assert.Matches("^20[0-9]{2}-[01][0-9]$", model.Date);
        }
    }

    [Fact]
    public void An_unknown_name_suggests_the_nearest()
    {
        var error = Assert.Throws<InputException>(() => ShippedModels.Catalog.Find("slm-1bb"));
        Assert.Contains("slm-1b", error.Message, StringComparison.Ordinal);
        Assert.Contains("slm-1bb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_not_taken_for_a_name()
    {
        var error = Assert.Throws<InputException>(() => ShippedModels.Catalog.Find("./absent/config.json"));
        Assert.Contains("neither a known model nor a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_json_names_file_line_and_column()
    {
        var path = Write("broken.json", "{\n  \"schema_version\": 1,\n  \"family\": oops\n}");
        var error = Assert.Throws<InputException>(() => ModelCatalog.Load(_folder.FullName));
        Assert.StartsWith($"{path}, line 3, column 13, field $.family: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_member_is_an_error()
    {
        Write("extra.json", """{"schema_version": 1, "family": "x", "models": [], "modells": []}""");
        var error = Assert.Throws<InputException>(() => ModelCatalog.Load(_folder.FullName));
        Assert.Contains("modells", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_schema_version_is_refused()
    {
        Write("new.json", """{"schema_version": 2, "family": "x", "models": []}""");
        var error = Assert.Throws<InputException>(() => ModelCatalog.Load(_folder.FullName));
        Assert.Contains("schema_version is 2, this program reads 1: a newer program wrote it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_of_a_shape_is_listed_with_its_range()
    {
        var shape = ShippedModels.Catalog.Find("slm-1b") with { Layers = 0, DModel = -5, KvHeads = 7 };
        var error = Assert.Throws<InputException>(() => ShapeLimits.Checked(shape, "mine.json"));
        Assert.Equal(
            "mine.json: n_layers is 0, allowed 1..1000; d_model is -5, allowed 1..65536; n_kv_heads is 7, allowed the divisors of "
            + "n_heads = 30",
            error.Message);
    }

    [Fact]
    public void A_folder_without_models_is_an_error()
    {
        Assert.Throws<InputException>(() => ModelCatalog.Load(_folder.FullName));
        Assert.Throws<InputException>(() => ModelCatalog.Load(Path.Combine(_folder.FullName, "absent")));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
