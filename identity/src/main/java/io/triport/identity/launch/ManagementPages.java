package io.triport.identity.launch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.triport.domain.storage.EngineInfo;
import io.triport.identity.edge.Readiness;
import io.triport.identity.launch.ManagementServer.Page;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;

/** What the management port shows. Each page has the names that monitoring systems ask for by habit. */
record ManagementPages(
        Supplier<Configuration> configuration,
        EngineInfo engine,
        Readiness readiness,
        PrometheusMeterRegistry metrics,
        Supplier<LastReload> lastReload) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TYPE = "application/json";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** How the newest reading of the configuration went. */
    record LastReload(boolean adopted, String at) {}

    Map<String, Supplier<Page>> byPath() {
        return Map.of(
                "/health/liveness", this::live,
                "/health/live", this::live,
                "/health/readiness", this::ready,
                "/health/ready", this::ready,
                "/ready", this::ready,
                "/prometheus", this::prometheus,
                "/metrics", this::prometheus,
                "/config", this::config);
    }

    private Page live() {
        return new Page(OK, TYPE, "{\"status\":\"live\"}");
    }

    private Page ready() {
        var troubles = readiness.troubles();
        return new Page(troubles.isEmpty() ? OK : UNAVAILABLE, TYPE, json(generator -> {
            generator.writeStringField("status", troubles.isEmpty() ? "ready" : "not ready");
            generator.writeArrayFieldStart("troubles");
            for (var trouble : troubles) {
                generator.writeString(trouble);
            }
            generator.writeEndArray();
        }));
    }

    private Page prometheus() {
        return new Page(OK, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }

    private Page config() {
        return new Page(OK, TYPE, json(generator -> {
            generator.writeObjectFieldStart("storage");
            generator.writeStringField("engine", engine.name());
            generator.writeStringField("durability", engine.durability().toString());
            generator.writeEndObject();
            generator.writeObjectFieldStart("lastReload");
            generator.writeBooleanField("adopted", lastReload.get().adopted());
            generator.writeStringField("at", lastReload.get().at());
            generator.writeEndObject();
            generator.writeObjectFieldStart("settings");
            for (var setting : configuration.get().settings()) {
                generator.writeObjectFieldStart(setting.key());
                generator.writeStringField("value", setting.shown());
                generator.writeStringField("origin", setting.origin());
                generator.writeEndObject();
            }
            generator.writeEndObject();
        }));
    }

    private interface Members {
        void write(JsonGenerator generator) throws IOException;
    }

    private static String json(Members members) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            members.write(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
