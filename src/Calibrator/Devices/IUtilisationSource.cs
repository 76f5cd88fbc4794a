using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>Something that can be asked how busy a device is right now.</summary>
internal interface IUtilisationSource : IDisposable
{
    /// <summary>Adds what this source knows to a sample.</summary>
    UtilisationSample Read(UtilisationSample sample);
}
