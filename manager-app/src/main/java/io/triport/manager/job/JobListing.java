package io.triport.manager.job;

import io.triport.domain.table.JobQuery;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.Paging;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Call;
import io.triport.manager.route.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The filters of the list of jobs, as requests write them. */
final class JobListing {
    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int DATE_LENGTH = 10;
    private static final Duration DAY = Duration.ofDays(1);

    private JobListing() {}

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static JobQuery parse(Call call) {
        var query = call.query();
        var user = text(query, "user");
        var own = call.grant().principal().id().unique();
        var errors = query.number("min_errors", 0, 999_999_999, 0);
        return new JobQuery(
                user.isEmpty() ? own : "",
                user.equals("*") ? "" : user,
                statuses(text(query, "status")),
                JobKind.named(text(query, "operation_type")),
                text(query, "namespace_id"),
                text(query, "job_id"),
                start(text(query, "start_date")),
                end(text(query, "end_date")),
                errors,
                order(text(query, "sort_by")),
                text(query, "sort_order").equals("asc") ? JobQuery.Direction.ASCENDING : JobQuery.Direction.DESCENDING,
                new Paging(query.number("limit", 1, MOST, USUAL), query.number("offset", 0, 999_999_999, 0)));
    }

    private static String text(Query query, String name) {
        return query.text(name).orElse("");
    }

    private static Set<JobStatus> statuses(String named) {
        if (named.isEmpty()) {
            return Set.of();
        }
        var known = Arrays.stream(JobStatus.values())
                .filter(status -> status.text().equals(named))
                .collect(Collectors.toSet());
        if (known.isEmpty()) {
            throw Problem.INVALID_ARGUMENT.refused("status must be queued, running, completed, failed or cancelled");
        }
        return known;
    }

    private static JobQuery.Order order(String named) {
        return switch (named) {
            case "", "started_at" -> JobQuery.Order.STARTED;
            case "completed_at" -> JobQuery.Order.ENDED;
            case "total_keys" -> JobQuery.Order.TOTAL;
            case "error_count" -> JobQuery.Order.ERRORS;
            case "percentage" -> JobQuery.Order.PERCENTAGE;
            default ->
                throw Problem.INVALID_ARGUMENT.refused(
                        "sort_by must be started_at, completed_at, total_keys, error_count or percentage");
        };
    }

    private static Instant start(String text) {
        return text.isEmpty() ? Instant.MIN : moment("start_date", text);
    }

    /** A day is meant to its end, and a moment with the millisecond that it names. */
    private static Instant end(String text) {
        if (text.isEmpty()) {
            return Instant.MAX;
        }
        return moment("end_date", text).plus(text.length() == DATE_LENGTH ? DAY : Duration.ofMillis(1));
    }

    private static Instant moment(String name, String text) {
        try {
            return text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.INVALID_ARGUMENT.refused(name + " must be a date or a time of ISO 8601");
        }
    }
}
