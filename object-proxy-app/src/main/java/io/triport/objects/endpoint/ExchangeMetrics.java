package io.triport.objects.endpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.identity.workload.ExchangeOutcome;
import java.util.Locale;

/** What is counted of exchanges for credentials of backends (object proxy page, section 13). */
public record ExchangeMetrics(MeterRegistry registry) {
    public void ended(ExchangeOutcome outcome) {
        Counter.builder("backend.credential.exchanges")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
