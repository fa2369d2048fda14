package io.triport.manager;

import io.triport.domain.vector.VectorLimits;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.Optional;

/** Reads whether there are vector indexes, and their bounds. */
final class VectorsReader {
    private static final long MOST = 5_000_000;
    private static final int MOST_OPEN = 1_000;

    private VectorsReader() {}

    /** Empty for a manager without vector indexes. */
    static Optional<VectorLimits> read(Section manager) {
        var section = manager.section("vectors");
        var usual = VectorLimits.USUAL;
        var kept = section.value(
                "enabled",
                Value.SWITCH,
                "false",
                "Whether vector indexes are kept, in the data directory or on PostgreSQL.");
        var limits = new VectorLimits(
                section.value(
                        "per-index",
                        Value.number(1, MOST),
                        Long.toString(usual.vectors()),
                        "Vectors that an index may have."),
                section.value(
                        "open-indexes",
                        Value.integer(1, MOST_OPEN),
                        Integer.toString(usual.openIndexes()),
                        "Indexes that are open at a time; each has up to 16 MiB of memory for what it writes."));
        return kept ? Optional.of(limits) : Optional.empty();
    }
}
