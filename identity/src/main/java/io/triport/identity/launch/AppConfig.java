package io.triport.identity.launch;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.ByteSize;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ErrorShape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An app's settings at one moment, read and right. */
public interface AppConfig {
    /** The longest body of any route. */
    ByteSize maxBody();

    /** The settings of the edge, where the app has keys of its own for some of them. @param shared as the shared keys say */
    default EdgeSettings edge(EdgeSettings shared) {
        return shared;
    }

    /** What its connections may ask where nothing is configured. */
    default EdgeLimits usualLimits() {
        return EdgeLimits.collecting(maxBody());
    }

    /** How far a request may be dated from the clock. */
    Duration nonceWindow();

    /** How long a spent nonce is remembered at most. */
    Duration nonceMemory();

    /** How the app words what goes wrong. */
    ErrorShape errors();

    /** The mechanisms that routes may name, beside {@code public}. They follow {@link #adopt}. */
    Set<PlannedMechanism> mechanisms();

    /** All mechanisms that were set, those that the app itself gives to a gate of its own included. */
    default List<PlannedMechanism> planned() {
        return List.copyOf(mechanisms());
    }

    /**
     * The folder for single-use marks where the app has its data directory together with another; empty for an app that cannot
     * have it so.
     */
    default Optional<String> sharedMarks() {
        return Optional.empty();
    }

    /** The setting of the app's own that asks for a database that nodes share, in words; empty where none does. */
    default Optional<String> wantsSharedData() {
        return Optional.empty();
    }

    /** Objects that the app's controllers ask for by type. */
    default List<Object> beans() {
        return List.of();
    }

    /** Work of the system that is done before the first request, one after the other. */
    default List<OnStart> beginnings() {
        return List.of();
    }

    /** Tasks of the system with how often each runs. */
    default List<Recurring> tasks() {
        return List.of();
    }

    /**
     * Work of the system that falls due at times of the calendar, each once among all nodes; no two of one name. Asked again and
     * again, each second, so that schedules may come and go.
     */
    default List<OnCron> crons() {
        return List.of();
    }

    /** Consumers of queues; the queues themselves are a bean, {@link io.triport.domain.queue.QueueDefinitions}. */
    default List<Consuming> consumers() {
        return List.of();
    }

    /** Tells these settings apart where the app writes that down itself; otherwise all settings together are taken. */
    default Optional<String> hash() {
        return Optional.empty();
    }

    /** The mechanisms, of those that were set, by which somebody may change something through the management port. */
    default List<MechanismName> administrators() {
        return List.of();
    }

    /** Takes over from a newer reading what may change while the app runs. */
    void adopt(AppConfig newer);

    /** What {@link #adopt} takes over: the keys of settings, each with all below it. */
    default List<String> adoptable() {
        return List.of();
    }

    /** Settings of the shared section that the app has its own for: it refuses them there, and nobody is shown their defaults. */
    default List<String> replaced() {
        return List.of();
    }

    /** What the operator should mend, one line each. */
    default List<String> warnings() {
        return List.of();
    }

    /** What does not work at the moment, though the app is ready all the same; one line each, without secrets. */
    default List<String> degraded() {
        return List.of();
    }

    /** What the settings mean, for people, one line each. */
    default List<String> explained() {
        return List.of();
    }

    /** Lines for the ready file, such as the id of a key that was made for development. */
    default List<String> ready() {
        return List.of();
    }
}
