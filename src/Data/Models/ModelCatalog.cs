using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Models;

/// <summary>The shapes that can be named, from a folder of <see cref="ModelFamily"/> files, and those read from a path.</summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<string, TransformerShape> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Family, TransformerShape Model)> _models = [];

    private ModelCatalog()
    {
    }

    /// <summary>Every model with its family, in file order.</summary>
    public IReadOnlyList<(string Family, TransformerShape Model)> Entries => _models;

    /// <summary>Every model, in file order.</summary>
    public IEnumerable<TransformerShape> Models => _models.Select(entry => entry.Model);

    /// <summary>Every name and alias that <see cref="Find"/> knows.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>Reads every <c>*.json</c> of a folder, in ordinal order of the names.</summary>
    /// <param name="folder">The folder, for example <c>profiles/models</c>.</param>
    /// <exception cref="InputException">The folder is missing or empty, or a file is malformed, invalid or repeats a name.</exception>
    public static ModelCatalog Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"no folder of models at {folder}");
        var paths = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList();
        if (paths.Count == 0)
            throw new InputException($"{folder} has no model file (*.json)");
        return Read(paths);
    }

    /// <summary>Reads model files in the order given.</summary>
    /// <param name="paths">The files, for example those of several layers of profiles.</param>
    /// <exception cref="InputException">A file is malformed, invalid or repeats a name.</exception>
    public static ModelCatalog Read(IEnumerable<string> paths)
    {
        var catalog = new ModelCatalog();
        foreach (var path in paths)
            catalog.Add(path, JsonFile.Read(path, ModelJson.Default.ModelFamily, ModelFamily.CurrentVersion));
        return catalog;
    }

    /// <summary>
    /// The shape of a known name or alias (case aside), of a model file, of a <c>config.json</c> or of a folder that has one.
    /// </summary>
    /// <exception cref="InputException">Neither known nor readable; the nearest names are in the message.</exception>
    public TransformerShape Find(string nameOrPath)
    {
        if (_byName.TryGetValue(nameOrPath, out var shape))
            return shape;
        if (Directory.Exists(nameOrPath) || File.Exists(nameOrPath))
            return ShapeFile.Read(nameOrPath);
        throw new InputException(LooksLikePath(nameOrPath)
            ? $"\"{nameOrPath}\" is neither a known model nor a file or folder"
            : NearestNames.Unknown("model", nameOrPath, Names));
    }

    private static bool LooksLikePath(string text) =>
        text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || text.StartsWith('.') || text.StartsWith(Path.DirectorySeparatorChar);

    private void Add(string path, ModelFamily family)
    {
        var configured = family.Configured ?? [];
        var models = family.Models.Select(entry => entry.ToShape(path)).Concat(configured.Select(entry => entry.ToShape(path))).ToList();
        foreach (var model in models)
        {
            _models.Add((family.Family, model));
            Name(path, model.Name, model);
        }

        foreach (var (alias, name) in family.Aliases ?? new Dictionary<string, string>())
        {
            var model = models.Find(candidate => candidate.Name == name)
                ?? throw new InputException($"{path}: alias \"{alias}\" names \"{name}\", which the file does not have");
            Name(path, alias, model);
        }
    }

    private void Name(string path, string name, TransformerShape model)
    {
        if (!_byName.TryAdd(name, model))
            throw new InputException($"{path}: the name \"{name}\" is taken by {_byName[name].Name}");
    }
}
