package io.triport.manager.alert;

import io.triport.manager.answer.Fields;
import java.util.Locale;
import java.util.stream.Stream;

/** What a rule looks at (manager API, section 8.5), and what thresholds look at (section 7). */
enum RuleType {
    /** Keys of a namespace, with a prefix, end within so many seconds. */
    EXPIRING_WITHIN,
    KEY_COUNT_OVER,
    BYTES_OVER,
    /** Each job that fails is an alert of its own. */
    JOB_FAILED,
    /** So many percent of the calls of keys failed since the last look. */
    ERROR_RATE,
    /** So many calls of keys a minute since the last look. */
    OPERATION_RATE_OVER,
    /** The 99th percentile of the calls of keys since the last look, in milliseconds. */
    LATENCY_P99_OVER;

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
