package io.triport.manager.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A namespace on one day of UTC.
 *
 * @param hours calls in each of the 24 hours, by their type
 * @param tallies the same calls, all of the day
 * @param sizedAt the hour in which the keys were last counted; -1 for never
 */
record Day(Map<CallType, List<Long>> hours, Map<CallType, Tally> tallies, long keys, long bytes, int sizedAt) {
    private static final int HOURS = 24;
    private static final int NEVER = -1;

    static final Day EMPTY = new Day(Map.of(), Map.of(), 0, 0, NEVER);

    static final Form<Day> FORM = new Form<>() {
        @Override
        public Day read(Fields fields) {
            var hours = new EnumMap<CallType, List<Long>>(CallType.class);
            var tallies = new EnumMap<CallType, Tally>(CallType.class);
            for (var type : CallType.values()) {
                var node = fields.object().path(type.text());
                if (node.isObject()) {
                    hours.put(type, longs(node.path("hours")));
                    tallies.put(
                            type,
                            new Tally(
                                    new Latencies(longs(node.path("latencies"))),
                                    node.path("failed").asLong()));
                }
            }
            return new Day(
                    hours,
                    tallies,
                    fields.whole("keys").orElse(0),
                    fields.whole("bytes").orElse(0),
                    (int) fields.whole("sized_at").orElse(NEVER));
        }

        @Override
        public ObjectNode write(Day day) {
            var node =
                    Json.object().put("keys", day.keys).put("bytes", day.bytes).put("sized_at", day.sizedAt);
            day.tallies.forEach((type, tally) -> {
                var one = node.putObject(type.text()).put("failed", tally.failed());
                day.of(type).forEach(one.withArray("hours")::add);
                tally.latencies().counts().forEach(one.withArray("latencies")::add);
            });
            return node;
        }
    };

    Day {
        hours = Map.copyOf(hours);
        tallies = Map.copyOf(tallies);
    }

    private List<Long> of(CallType type) {
        return hours.getOrDefault(type, Collections.nCopies(HOURS, 0L));
    }

    private static List<Long> longs(JsonNode list) {
        var all = new ArrayList<Long>();
        list.forEach(number -> all.add(number.asLong()));
        return all;
    }

    Day plus(CallType type, int hour, Tally more) {
        var newHours = new EnumMap<CallType, List<Long>>(CallType.class);
        newHours.putAll(hours);
        var counted = new ArrayList<>(of(type));
        counted.set(hour, counted.get(hour) + more.calls());
        newHours.put(type, List.copyOf(counted));
        var newTallies = new EnumMap<CallType, Tally>(CallType.class);
        newTallies.putAll(tallies);
        newTallies.merge(type, more, Tally::plus);
        return new Day(newHours, newTallies, keys, bytes, sizedAt);
    }

    Day sized(long newKeys, long newBytes, int hour) {
        return new Day(hours, tallies, newKeys, newBytes, hour);
    }

    /** Calls of a type in the hours from one on. */
    long calls(CallType type, int fromHour) {
        var counted = of(type);
        return counted.subList(fromHour, HOURS).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    long callsIn(CallType type, int hour) {
        return of(type).get(hour);
    }

    Tally tally(CallType type) {
        return tallies.getOrDefault(type, Tally.NONE);
    }
}
