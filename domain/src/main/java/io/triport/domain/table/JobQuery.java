package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/**
 * Which jobs. An empty text asks for none of it.
 *
 * @param owner {@code PrincipalId.unique} of whose jobs; empty for everybody's
 * @param statuses none for all
 * @param idPart literal characters anywhere in the id
 * @param from the earliest start
 * @param until the first start that is too late
 */
public record JobQuery(
        String owner,
        String user,
        Set<JobStatus> statuses,
        String operation,
        String namespace,
        String idPart,
        Instant from,
        Instant until,
        long leastErrors,
        JobQuery.Order order,
        JobQuery.Direction direction,
        Paging paging) {
    /** Jobs that are equal by it are in the order of their ids. A job that has not started counts by when it was ordered. */
    public enum Order {
        STARTED,
        ENDED,
        TOTAL,
        ERRORS,
        PERCENTAGE
    }

    /** Which end comes first. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** @throws InvalidInput outside the bounds */
    public JobQuery {
        statuses = Set.copyOf(statuses);
        if (leastErrors < 0) {
            throw new InvalidInput("min_errors", "0 or more");
        }
    }

    /** Everybody's jobs, the newest first. */
    public static JobQuery all(Paging paging) {
        return new JobQuery(
                "", "", Set.of(), "", "", "", Instant.MIN, Instant.MAX, 0, Order.STARTED, Direction.DESCENDING, paging);
    }

    public JobQuery ownedBy(String unique) {
        return new JobQuery(
                unique,
                user,
                statuses,
                operation,
                namespace,
                idPart,
                from,
                until,
                leastErrors,
                order,
                direction,
                paging);
    }

    public JobQuery in(Set<JobStatus> others) {
        return new JobQuery(
                owner, user, others, operation, namespace, idPart, from, until, leastErrors, order, direction, paging);
    }

    /** Whether it asks for the job, on whatever page. */
    public boolean matches(Job job) {
        return asks(owner, job.order().owner())
                && asks(user, job.order().user())
                && (statuses.isEmpty() || statuses.contains(job.status()))
                && asks(operation, job.order().operation())
                && asks(namespace, job.order().namespace())
                && job.id().text().contains(idPart)
                && !job.began().isBefore(from)
                && job.began().isBefore(until)
                && job.progress().errors() >= leastErrors;
    }

    /** The order of its pages. */
    public Comparator<Job> comparator() {
        Comparator<Job> by = switch (order) {
            case STARTED -> Comparator.comparing(Job::began);
            case ENDED -> Comparator.comparing(Job::ended);
            case TOTAL -> Comparator.comparingLong(job -> job.progress().total());
            case ERRORS -> Comparator.comparingLong(job -> job.progress().errors());
            case PERCENTAGE -> Comparator.comparingInt(Job::percentage);
        };
        var ascending = by.thenComparing(job -> job.id().text());
        return direction == Direction.ASCENDING ? ascending : ascending.reversed();
    }

    private static boolean asks(String wanted, String present) {
        return wanted.isEmpty() || wanted.equals(present);
    }
}
