using System.Buffers.Binary;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>One section of an ELF file: where its bytes are and which section it refers to.</summary>
internal readonly record struct ElfSection(uint Type, int Offset, int Size, int Link);

/// <summary>The section table of an ELF64 little-endian file (ELF gABI, chapter 4).</summary>
internal sealed class ElfSections
{
    private readonly List<ElfSection> _sections = [];

    /// <summary>Reads the table.</summary>
    /// <exception cref="InputException">Not an ELF64 little-endian file.</exception>
    public ElfSections(byte[] file)
    {
        if (file.Length < 64 || !file.AsSpan(0, 6).SequenceEqual(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }))
            throw new InputException("not an ELF64 little-endian library");
        var table = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(0x28)));
        var entrySize = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(0x3a));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(0x3c));
        for (var i = 0; i < count; i++)
        {
            var entry = file.AsSpan(table + i * entrySize);
            _sections.Add(new(
                BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
                checked((int)BinaryPrimitives.ReadInt64LittleEndian(entry[24..])),
                checked((int)BinaryPrimitives.ReadInt64LittleEndian(entry[32..])),
                BinaryPrimitives.ReadInt32LittleEndian(entry[40..])));
        }
    }

    /// <summary>The first section of a type.</summary>
    public ElfSection Find(uint type) =>
        _sections.Exists(section => section.Type == type)
            ? _sections.Find(section => section.Type == type)
            : throw new InputException($"the library has no section of type 0x{type:x}");

    /// <summary>The section that <paramref name="section"/> refers to: for symbols and version needs, their names.</summary>
    public ElfSection Link(ElfSection section) => _sections[section.Link];
}
