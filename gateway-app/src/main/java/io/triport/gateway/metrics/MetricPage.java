package io.triport.gateway.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.identity.otlp.Attributes;
import io.triport.identity.otlp.Teller;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes meters as a collector reads them, under the names and labels that the management port shows. */
final class MetricPage {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int CUMULATIVE = 2;
    private static final long NANOS = 1_000_000_000;
    private static final String TOTAL = "_total";

    private final Teller teller;
    private final String begun;

    /** @param begun since when is counted */
    MetricPage(Teller teller, Instant begun) {
        this.teller = teller;
        this.begun = nanos(begun);
    }

    private record Read(Meter.Id id, MetricPoint point) {}

    String of(MeterRegistry registry, Instant now) {
        var text = new StringWriter();
        try (var page = JSON.createGenerator(text)) {
            page.writeStartObject();
            page.writeArrayFieldStart("resourceMetrics");
            page.writeStartObject();
            Attributes.resource(page, teller);
            page.writeArrayFieldStart("scopeMetrics");
            page.writeStartObject();
            Attributes.scope(page);
            page.writeArrayFieldStart("metrics");
            for (var metric : read(registry).entrySet()) {
                metric(page, registry, metric, nanos(now));
            }
            page.writeEndArray();
            page.writeEndObject();
            page.writeEndArray();
            page.writeEndObject();
            page.writeEndArray();
            page.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** By name, since meters that differ in labels alone are points of one metric. What reads nothing is left out. */
    private static Map<String, List<Read>> read(MeterRegistry registry) {
        var byName = new LinkedHashMap<String, List<Read>>();
        for (var meter : registry.getMeters()) {
            var point = MetricPoint.of(meter);
            if (!(point instanceof MetricPoint.Reading(var value) && Double.isNaN(value))) {
                byName.computeIfAbsent(name(registry, meter.getId(), point), fresh -> new ArrayList<>())
                        .add(new Read(meter.getId(), point));
            }
        }
        return byName;
    }

    private static String name(MeterRegistry registry, Meter.Id id, MetricPoint point) {
        var name = id.getConventionName(registry.config().namingConvention());
        return point instanceof MetricPoint.Sum && !name.endsWith(TOTAL) ? name + TOTAL : name;
    }

    private void metric(JsonGenerator page, MeterRegistry registry, Map.Entry<String, List<Read>> metric, String now)
            throws IOException {
        var first = metric.getValue().getFirst();
        page.writeStartObject();
        page.writeStringField("name", metric.getKey());
        if (first.id().getDescription() != null) {
            page.writeStringField("description", first.id().getDescription());
        }
        switch (first.point()) {
            case MetricPoint.Reading reading -> page.writeObjectFieldStart("gauge");
            case MetricPoint.Sum sum -> {
                page.writeObjectFieldStart("sum");
                page.writeNumberField("aggregationTemporality", CUMULATIVE);
                page.writeBooleanField("isMonotonic", true);
            }
            case MetricPoint.Total total -> page.writeObjectFieldStart("summary");
            case MetricPoint.Spread spread -> {
                page.writeObjectFieldStart("histogram");
                page.writeNumberField("aggregationTemporality", CUMULATIVE);
            }
        }
        page.writeArrayFieldStart("dataPoints");
        for (var read : metric.getValue()) {
            if (read.point().getClass() == first.point().getClass()) {
                point(page, registry, read, now);
            }
        }
        page.writeEndArray();
        page.writeEndObject();
        page.writeEndObject();
    }

    private void point(JsonGenerator page, MeterRegistry registry, Read read, String now) throws IOException {
        page.writeStartObject();
        page.writeArrayFieldStart("attributes");
        for (var tag : read.id().getConventionTags(registry.config().namingConvention())) {
            Attributes.text(page, tag.getKey(), tag.getValue());
        }
        page.writeEndArray();
        page.writeStringField("timeUnixNano", now);
        switch (read.point()) {
            case MetricPoint.Reading(var value) -> page.writeNumberField("asDouble", value);
            case MetricPoint.Sum(var value) -> {
                page.writeStringField("startTimeUnixNano", begun);
                page.writeNumberField("asDouble", value);
            }
            case MetricPoint.Total(var count, var sum) -> {
                page.writeStringField("startTimeUnixNano", begun);
                page.writeStringField("count", Long.toString(count));
                page.writeNumberField("sum", sum);
            }
            case MetricPoint.Spread spread -> spread(page, spread);
        }
        page.writeEndObject();
    }

    private void spread(JsonGenerator page, MetricPoint.Spread spread) throws IOException {
        page.writeStringField("startTimeUnixNano", begun);
        page.writeStringField("count", Long.toString(spread.count()));
        page.writeNumberField("sum", spread.sum());
        page.writeArrayFieldStart("bucketCounts");
        for (var count : spread.counts()) {
            page.writeString(Long.toString(count));
        }
        page.writeEndArray();
        page.writeArrayFieldStart("explicitBounds");
        for (var bound : spread.bounds()) {
            page.writeNumber(bound);
        }
        page.writeEndArray();
    }

    private static String nanos(Instant at) {
        return Long.toString(at.getEpochSecond() * NANOS + at.getNano());
    }
}
