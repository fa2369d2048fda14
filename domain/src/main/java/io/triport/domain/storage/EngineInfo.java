package io.triport.domain.storage;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What an engine declares of itself (storage contract, sections 1.1 and 1.2): read where it is wired, and shown at start and in the
 * configuration dump. What is not declared is not there.
 *
 * @param name the technology, such as {@code sqlite}
 * @param shortestLifetime of an entry; shorter ones are TTL_TOO_SHORT. Whole seconds, 1 s or more
 */
public record EngineInfo(String name, Durability durability, Duration shortestLifetime, Set<Capability> capabilities) {
    public EngineInfo {
        if (shortestLifetime.compareTo(KvLimits.SHORTEST_LIFETIME) < 0 || shortestLifetime.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "shortest lifetime: " + shortestLifetime + " (expected: whole seconds, 1 s or more)");
        }
        var ordered = EnumSet.noneOf(Capability.class);
        ordered.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(ordered);
    }

    /** One with the limits of the port. */
    public EngineInfo(String name, Durability durability, Set<Capability> capabilities) {
        this(name, durability, KvLimits.SHORTEST_LIFETIME, capabilities);
    }

    /** One that declares nothing more. */
    public EngineInfo(String name, Durability durability) {
        this(name, durability, Set.of());
    }

    /** The same without some of what it can do. */
    public EngineInfo without(Set<Capability> lost) {
        var left = new HashSet<>(capabilities);
        left.removeAll(lost);
        return new EngineInfo(name, durability, shortestLifetime, left);
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /**
     * For whoever wires what cannot do without it.
     *
     * @param refusal one line for the operator: what is refused, and what was expected
     * @throws StorageFailure.Rejected UNSUPPORTED where it is not declared
     */
    public void require(Capability capability, String refusal) {
        if (!can(capability)) {
            throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, refusal);
        }
    }
}
