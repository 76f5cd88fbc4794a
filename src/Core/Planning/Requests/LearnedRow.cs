namespace SlmPlanner.Core.Planning.Requests;

/// <summary>Where a run that the fit has learned comes from.</summary>
/// <param name="Id">Its id in the store, 64 hexadecimal digits.</param>
/// <param name="Name">Its name in the fit.</param>
/// <param name="Gpu">Canonical name of its device.</param>
/// <param name="Source">The set-up or publication that it counts under; null where it names none.</param>
/// <param name="Learned">The day on which it was learned, UTC.</param>
public sealed record LearnedRow(string Id, string Name, string Gpu, string? Source, DateOnly Learned);
