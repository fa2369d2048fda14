package io.triport.domain.queue;

import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The queues of an app. */
public record QueueDefinitions(Map<QueueName, QueueDefinition> byName) {
    public static final QueueDefinitions NONE = new QueueDefinitions(Map.of());

    /** @throws InvalidInput when dead letters are to go to a queue that is not defined */
    public QueueDefinitions {
        byName = Map.copyOf(byName);
        for (var definition : byName.values()) {
            if (definition.retries().dead() instanceof DeadLetters.Kept kept && !byName.containsKey(kept.queue())) {
                throw new InvalidInput("dead letters of " + definition.name(), "a queue that is defined");
            }
        }
    }

    /** @throws InvalidInput as above. @throws IllegalStateException for two of one name */
    public static QueueDefinitions of(QueueDefinition... all) {
        return new QueueDefinitions(
                Stream.of(all).collect(Collectors.toUnmodifiableMap(QueueDefinition::name, Function.identity())));
    }

    public Optional<QueueDefinition> find(QueueName name) {
        return Optional.ofNullable(byName.get(name));
    }
}
