package io.triport.identity.launch;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.triport.domain.storage.EngineInfo;
import io.triport.identity.edge.Readiness;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the management port shows. Each page has the names that monitoring systems ask for by habit. */
record ManagementPages(
        Supplier<Configuration> configuration,
        EngineInfo engine,
        Readiness readiness,
        PrometheusMeterRegistry metrics,
        Supplier<LastReload> lastReload,
        Supplier<List<String>> degraded) {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /**
     * How the newest reading of the configuration went.
     *
     * @param at empty where it was read but once
     * @param message what is wrong with it, empty where it was adopted
     * @param needRestart keys of settings that were changed and do not count before a restart
     */
    record LastReload(boolean adopted, String at, String message, List<String> needRestart) {
        LastReload {
            needRestart = List.copyOf(needRestart);
        }

        /** None since the start. */
        static LastReload none() {
            return new LastReload(true, "", "", List.of());
        }
    }

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
        return Page.said(OK, "live");
    }

    private Page ready() {
        var troubles = readiness.troubles();
        return Page.json(troubles.isEmpty() ? OK : UNAVAILABLE, generator -> {
            generator.writeStringField("status", troubles.isEmpty() ? "ready" : "not ready");
            generator.writeArrayFieldStart("troubles");
            for (var trouble : troubles) {
                generator.writeString(trouble);
            }
            generator.writeEndArray();
        });
    }

    private Page prometheus() {
        return new Page(OK, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }

    private Page config() {
        return Page.json(OK, generator -> {
            generator.writeObjectFieldStart("storage");
            generator.writeStringField("engine", engine.name());
            generator.writeStringField("durability", engine.durability().toString());
            generator.writeNumberField(
                    "shortestLifetimeSeconds", engine.shortestLifetime().toSeconds());
            generator.writeArrayFieldStart("capabilities");
            for (var capability : engine.capabilities()) {
                generator.writeString(capability.toString());
            }
            generator.writeEndArray();
            generator.writeEndObject();
            generator.writeStringField("hash", configuration.get().hash());
            var last = lastReload.get();
            generator.writeObjectFieldStart("lastReload");
            generator.writeBooleanField("adopted", last.adopted());
            generator.writeStringField("at", last.at());
            generator.writeStringField("message", last.message());
            generator.writeArrayFieldStart("needRestart");
            for (var key : last.needRestart()) {
                generator.writeString(key);
            }
            generator.writeEndArray();
            generator.writeEndObject();
            generator.writeArrayFieldStart("degraded");
            for (var line : degraded.get()) {
                generator.writeString(line);
            }
            generator.writeEndArray();
            generator.writeObjectFieldStart("settings");
            for (var setting : configuration.get().settings()) {
                generator.writeObjectFieldStart(setting.key());
                generator.writeStringField("value", setting.shown());
                generator.writeStringField("origin", setting.origin());
                generator.writeEndObject();
            }
            generator.writeEndObject();
        });
    }
}
