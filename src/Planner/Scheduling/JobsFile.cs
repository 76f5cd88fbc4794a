using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Data.Json;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Scheduling;

/// <summary>Reads a jobs file into requests.</summary>
internal static class JobsFile
{
    private const int MostJobs = 200;
    private const int MostValue = 1000;

    /// <summary>The jobs of a file.</summary>
    /// <exception cref="InputException">A missing or malformed file, no jobs or too many, a name twice, a value out of range.</exception>
    public static IReadOnlyList<JobEntry> Read(string path)
    {
        var jobs = JsonFile.Read(path, SchedulingJson.Default.JobsDocument, JobsDocument.CurrentVersion).Jobs;
        if (jobs.Count is 0 or > MostJobs)
            throw new InputException($"{path}: {jobs.Count} jobs, allowed 1 to {MostJobs}");
        if (jobs.GroupBy(job => job.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InputException($"{path}: job name '{twice.Key}' is there {twice.Count()} times, allowed once");
        if (jobs.FirstOrDefault(job => job.Value is < 1 or > MostValue) is { } outside)
            throw new InputException($"{path}: value of job '{outside.Name}' is {outside.Value}, allowed 1 to {MostValue}");
        return jobs;
    }

    /// <summary>The request that a job stands for, on a fleet of <paramref name="gpus"/> devices.</summary>
    /// <exception cref="InputException">An unknown model, or tokens that can't be read.</exception>
    public static PlanRequest Request(JobEntry job, int gpus, double confidence, RequestReader reader) => reader.Read(Texts(job)) with
    {
        Objective = Objective.Cost,
        MaxGpus = gpus,
        Confidence = confidence,
        Gpus = [],
        Providers = [],
        Regions = [],
    };

    private static Given Texts(JobEntry job) => new Given()
        .With(RequestOptions.Model, job.Model)
        .With(RequestOptions.Tokens, job.Tokens)
        .WithMaybe(RequestOptions.GlobalBatch, job.GlobalBatch)
        .WithMaybe(RequestOptions.SeqLen, job.SeqLen?.ToString(CultureInfo.InvariantCulture));
}
