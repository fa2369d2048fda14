package io.triport.manager.alert;

import io.triport.manager.answer.Fields;
import java.util.Locale;
import java.util.stream.Stream;

/** What a rule looks at (manager API, section 8.5), and what thresholds look at (section 7). */
enum RuleType {
    /** Keys of a namespace, with a prefix, end within so many seconds. */
    EXPIRING_WITHIN(Subject.KEYS),
    KEY_COUNT_OVER(Subject.KEYS),
    BYTES_OVER(Subject.KEYS),
    /** Each job that fails is an alert of its own. */
    JOB_FAILED(Subject.JOBS),
    /** So many percent of the calls of keys failed since the last look. */
    ERROR_RATE(Subject.CALLS),
    /** So many calls of keys a minute since the last look. */
    OPERATION_RATE_OVER(Subject.CALLS),
    /** The 99th percentile of the calls of keys since the last look, in milliseconds. */
    LATENCY_P99_OVER(Subject.CALLS);

    private final Subject subject;

    RuleType(Subject subject) {
        this.subject = subject;
    }

    /** Where it is seen whether a rule is broken. */
    enum Subject {
        /** In the store, by whoever looks. */
        KEYS,
        /** On each node, of its own. */
        CALLS,
        /** When one fails. */
        JOBS
    }

    Subject subject() {
        return subject;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static RuleType of(String text) {
        return Stream.of(values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        Fields.invalid("type", "expiring_within, key_count_over, bytes_over, job_failed, error_rate"));
    }
}
