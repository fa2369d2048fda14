package io.triport.manager.metric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Json;
import java.util.EnumMap;
import java.util.Map;

/** Adds calls up by their type. For one thread. */
final class Summing {
    private final Map<CallType, Long> calls = new EnumMap<>(CallType.class);
    private Latencies latencies = Latencies.NONE;

    void add(Day day, int fromHour) {
        for (var type : CallType.values()) {
            calls.merge(type, day.calls(type, fromHour), Long::sum);
            latencies = latencies.plus(day.tally(type).latencies());
        }
    }

    /** Writes the sums. @return the same node */
    ObjectNode into(ObjectNode node) {
        node.put(
                "totalOperations",
                calls.values().stream().mapToLong(Long::longValue).sum());
        var byType = Json.object();
        calls.forEach((type, number) -> {
            if (number > 0) {
                byType.put(type.text(), number);
            }
        });
        node.set("operationsByType", byType);
        return node;
    }

    Latencies latencies() {
        return latencies;
    }
}
