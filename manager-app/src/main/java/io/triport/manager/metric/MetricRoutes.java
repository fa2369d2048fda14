package io.triport.manager.metric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.SystemTasks;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Replies;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /api/metrics} (manager API, section 7): what this app counted of its own calls of keys. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class MetricRoutes implements Routes {
    private static final int HOURS = 24;

    private final CountBook book;
    private final Namespaces namespaces;
    private final Storage storage;
    private final SystemTasks tasks;
    private final Clock clock;

    MetricRoutes(CountBook book, Namespaces namespaces, Storage storage, SystemTasks tasks, Clock clock) {
        this.book = book;
        this.namespaces = namespaces;
        this.storage = storage;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/metrics", this::metrics));
    }

    /** @param began the first hour that counts */
    private record Range(String text, Instant began, Instant ended) {
        LocalDate first() {
            return LocalDate.ofInstant(began, ZoneOffset.UTC);
        }

        /** The first hour of a day that counts. */
        int fromHour(LocalDate date) {
            return date.equals(first()) ? began.atOffset(ZoneOffset.UTC).getHour() : 0;
        }

        boolean hourly() {
            return text.equals("24h");
        }
    }

    private StreamReply metrics(Call call) {
        var range =
                range(call.query().text("range").filter(text -> !text.isEmpty()).orElse("24h"));
        var visible = visible(call);
        tasks.run(AutomationTask.COUNTS, book::write);
        var entries = book.since(call.grant(), range.first()).stream()
                .filter(entry -> visible.containsKey(entry.namespace()))
                .toList();
        var result = Json.object();
        result.set("summary", summary(call, range, visible, entries));
        result.set("byNamespace", byNamespace(call, range, visible, entries));
        result.set("operationsSeries", operations(range, entries));
        result.set("storageSeries", sizes(entries));
        return Replies.ok(result);
    }

    private Range range(String text) {
        var now = clock.instant();
        return switch (text) {
            // The hour in which it begins counts whole.
            case "24h" -> new Range(text, now.minus(Duration.ofHours(HOURS - 1)).truncatedTo(ChronoUnit.HOURS), now);
            case "7d" -> new Range(text, now.minus(Duration.ofDays(6)).truncatedTo(ChronoUnit.DAYS), now);
            case "30d" -> new Range(text, now.minus(Duration.ofDays(29)).truncatedTo(ChronoUnit.DAYS), now);
            default -> throw Fields.invalid("range", "24h, 7d or 30d");
        };
    }

    private Map<String, Namespace> visible(Call call) {
        var wanted = call.query().text("namespaceId").filter(text -> !text.isEmpty());
        return wanted
                .map(id -> List.of(whole(call, namespaces.require(call.grant(), id))))
                .orElseGet(() -> namespaces.all(call.grant()).stream()
                        .filter(one -> call.caller().rights().whole(one.title()))
                        .toList())
                .stream()
                .collect(Collectors.toMap(
                        one -> one.id().text(), Function.identity(), (first, same) -> first, LinkedHashMap::new));
    }

    /** How often keys are read tells something of all of them. */
    private static Namespace whole(Call call, Namespace namespace) {
        call.caller().requireWhole(namespace.title());
        return namespace;
    }

    private ObjectNode summary(Call call, Range range, Map<String, Namespace> visible, List<CountBook.Entry> entries) {
        var summing = new Summing();
        entries.forEach(entry -> summing.add(entry.day(), range.fromHour(entry.date())));
        var summary = summing.into(Json.object()
                .put("timeRange", range.text())
                .put("startDate", Moments.text(range.began()))
                .put("endDate", Moments.text(range.ended())));
        if (summing.latencies().calls() > 0) {
            summary.putObject("avgLatencyMs")
                    .put("p50", summing.latencies().percentile(50))
                    .put("p90", summing.latencies().percentile(90))
                    .put("p99", summing.latencies().percentile(99));
        }
        var keys = 0L;
        var bytes = 0L;
        for (var namespace : visible.values()) {
            var totals = storage.keyCatalogue(call.grant()).totals(namespace.title());
            keys += totals.keys();
            bytes += totals.bytes();
        }
        return summary.put("totalKeyCount", keys).put("totalByteCount", bytes).put("namespaceCount", visible.size());
    }

    private ArrayNode byNamespace(
            Call call, Range range, Map<String, Namespace> visible, List<CountBook.Entry> entries) {
        var all = Json.array();
        visible.forEach((id, namespace) -> {
            var summing = new Summing();
            entries.stream()
                    .filter(entry -> entry.namespace().equals(id))
                    .forEach(entry -> summing.add(entry.day(), range.fromHour(entry.date())));
            var totals = storage.keyCatalogue(call.grant()).totals(namespace.title());
            var node = summing.into(Json.object()
                    .put("namespaceId", id)
                    .put("namespaceName", namespace.title().text()));
            if (summing.latencies().calls() > 0) {
                node.put("p50LatencyMs", summing.latencies().percentile(50))
                        .put("p90LatencyMs", summing.latencies().percentile(90))
                        .put("p99LatencyMs", summing.latencies().percentile(99));
            }
            all.add(node.put("currentKeyCount", totals.keys()).put("currentByteCount", totals.bytes()));
        });
        return all;
    }

    private static ArrayNode operations(Range range, List<CountBook.Entry> entries) {
        var series = Json.array();
        for (var entry : entries) {
            for (var type : CallType.values()) {
                var from = range.fromHour(entry.date());
                if (entry.day().calls(type, from) == 0) {
                    continue;
                }
                if (range.hourly()) {
                    hours(series, entry, type, from);
                } else {
                    series.add(point(
                            entry, type, entry.date().toString(), entry.day().calls(type, from)));
                }
            }
        }
        return series;
    }

    private static void hours(ArrayNode series, CountBook.Entry entry, CallType type, int from) {
        for (var hour = from; hour < HOURS; hour++) {
            var calls = entry.day().callsIn(type, hour);
            if (calls > 0) {
                var began = entry.date().atTime(hour, 0).toInstant(ZoneOffset.UTC);
                series.add(point(entry, type, Moments.text(began), calls));
            }
        }
    }

    private static ObjectNode point(CountBook.Entry entry, CallType type, String date, long calls) {
        var latencies = entry.day().tally(type).latencies();
        return Json.object()
                .put("date", date)
                .put("namespaceId", entry.namespace())
                .put("actionType", type.text())
                .put("requests", calls)
                .put("latencyMsP50", latencies.percentile(50))
                .put("latencyMsP90", latencies.percentile(90))
                .put("latencyMsP99", latencies.percentile(99));
    }

    private static ArrayNode sizes(List<CountBook.Entry> entries) {
        var series = Json.array();
        for (var entry : entries) {
            series.add(Json.object()
                    .put("date", entry.date().toString())
                    .put("namespaceId", entry.namespace())
                    .put("keyCount", entry.day().keys())
                    .put("byteCount", entry.day().bytes()));
        }
        return series;
    }
}
