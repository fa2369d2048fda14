package io.triport.kv.remote;

import io.triport.domain.inference.ModelBindings;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlLimits;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which ports are served beside KV, and what they have.
 *
 * @param databases that are made at the start where there are none yet
 */
public record RemoteSettings(
        Set<RemotePort> on, List<DatabaseName> databases, QueueDefinitions queues, ModelBindings models) {
    private static final Value<DatabaseName> DATABASE =
            new Value<>("1..64 of a-z, A-Z, 0-9, '.', '_' and '-'", DatabaseName::new);
    private static final Value<QueueName> QUEUE = new Value<>("the name of another queue here", QueueName::new);

    public RemoteSettings {
        on = Set.copyOf(on);
        databases = List.copyOf(databases);
    }

    /** @throws io.triport.identity.config.ConfigError for a port that has nothing to serve, and for what no port serves */
    public static RemoteSettings read(Section kv) {
        var on = EnumSet.noneOf(RemotePort.class);
        on.addAll(kv.list(
                "ports",
                Value.oneOf(RemotePort.values()),
                "Ports beside KV that are served to those who sign requests, each below /zin/ and its name."));
        var databases = kv.list("databases", DATABASE, "Databases of the port sql; those that are not there are made.");
        var queues = queues(kv.section("queues"));
        var models = ModelReader.read(kv);
        require(kv, on, RemotePort.SQL, databases.isEmpty());
        require(kv, on, RemotePort.QUEUE, queues.byName().isEmpty());
        require(kv, on, RemotePort.AI, models.models().isEmpty());
        return new RemoteSettings(on, databases, queues, models);
    }

    private static void require(Section kv, Set<RemotePort> on, RemotePort port, boolean empty) {
        if (on.contains(port) && empty) {
            throw kv.error(port.resources(), "none", "one or more, beside " + port + " in ports");
        }
        if (!on.contains(port) && !empty) {
            throw kv.error(
                    "ports", on.toString().toLowerCase(Locale.ROOT), port + " among them, beside " + port.resources());
        }
    }

    private static QueueDefinitions queues(Section section) {
        var plain = new HashMap<QueueName, QueueDefinition>();
        var dead = new HashMap<QueueName, QueueName>();
        section.each(each -> {
            var definition = queue(section, each);
            each.optional("dead-letters", QUEUE, "Where messages go that were delivered too often; none drops them.")
                    .ifPresent(other -> dead.put(definition.name(), other));
            return plain.put(definition.name(), definition);
        });
        var all = new ArrayList<QueueDefinition>();
        plain.forEach((name, definition) -> all.add(Optional.ofNullable(dead.get(name))
                .map(other -> definition.deadLettersTo(known(section, name, other, plain)))
                .orElse(definition)));
        return QueueDefinitions.of(all.toArray(QueueDefinition[]::new));
    }

    private static QueueDefinition known(
            Section section, QueueName name, QueueName other, Map<QueueName, QueueDefinition> all) {
        var found = all.get(other);
        if (found == null || other.equals(name)) {
            throw section.error(name + ".dead-letters", other.text(), "another queue here");
        }
        return found;
    }

    private static QueueDefinition queue(Section all, Section section) {
        var delay = section.value(
                "delay",
                Value.duration(Duration.ZERO, QueueLimits.LONGEST_DELAY),
                "0s",
                "How long messages are kept back that say nothing else.");
        var retention = section.value(
                "retention",
                Value.duration(QueueLimits.SHORTEST_RETENTION, QueueLimits.LONGEST_RETENTION),
                "4d",
                "How long a message is kept at most.");
        var retries = section.value(
                "retries",
                Value.integer(0, QueueLimits.MOST_RETRIES),
                Integer.toString(QueueLimits.RETRIES),
                "Deliveries after the first.");
        var retryDelay = section.value(
                "retry-delay",
                Value.duration(Duration.ZERO, QueueLimits.LONGEST_DELAY),
                "0s",
                "How long before the next delivery, where the consumer says nothing else.");
        try {
            return QueueDefinition.of(new QueueName(section.name()))
                    .delayed(delay)
                    .keptFor(retention)
                    .retried(retries, retryDelay);
        } catch (InvalidInput e) {
            throw all.error(section.name(), "not a name of a queue", e.expectation());
        }
    }

    /** What the routes and the stores of the ports ask for. */
    public List<Object> beans() {
        var beans = new ArrayList<Object>();
        if (on.contains(RemotePort.SQL)) {
            beans.add(new RemotePorts.Sql());
            beans.add(SqlLimits.USUAL);
        }
        if (on.contains(RemotePort.QUEUE)) {
            beans.add(new RemotePorts.Queues());
            beans.add(queues);
        }
        if (on.contains(RemotePort.AI)) {
            beans.add(new RemotePorts.Models());
            beans.add(models);
        }
        return beans;
    }
}
