package io.triport.objects.endpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.identity.sts.IssuerKeys;
import io.triport.identity.sts.StsAnswer;
import io.triport.identity.sts.StsProblem;

/** What is counted of sessions (object proxy page, section 13). Labels are closed sets: configured roles, codes of ours. */
public final class StsMetrics {
    private final MeterRegistry registry;

    /** @param issuers of which those without keys are shown */
    public StsMetrics(MeterRegistry registry, IssuerKeys issuers) {
        this.registry = registry;
        Gauge.builder("sts.issuers.degraded", issuers, keys -> keys.degraded().size())
                .description("issuers of roles that were asked for and whose keys are not at hand")
                .register(registry);
    }

    void answered(StsQuestion question, StsAnswer answer) {
        if (question.forSession()) {
            count(
                    question.role(),
                    answer instanceof StsAnswer.Refused(var problem)
                            ? problem.code().text()
                            : "granted");
        }
    }

    void throttled() {
        count("", StsProblem.Code.THROTTLED.text());
    }

    private void count(String role, String outcome) {
        Counter.builder("sts.sessions")
                .tags("role", role, "outcome", outcome)
                .register(registry)
                .increment();
    }
}
