package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import io.triport.manager.job.JobWorks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets go of what is older than it has to be: entries of the audit, jobs that have ended, backups. */
final class RetentionWork implements JobWork {
    private static final String STAGE = "stage";

    private final Storage storage;
    private final Grant system;
    private final Rules rules;
    private final Clock clock;
    private ObjectNode position;

    /**
     * What is to go; 0 is no rule.
     *
     * @param audit days for which entries are kept
     * @param jobs days for which jobs are kept after their end
     * @param backups days for which backups are kept
     * @param backupsKept of each namespace the newest so many stay, however old they are
     */
    record Rules(long audit, long jobs, long backups, long backupsKept) {
        private static final long LONGEST = 3_650;
        private static final long MOST = 1_000;
        private static final Rules NONE = new Rules(0, 0, 0, 0);

        /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
        static Rules read(JsonNode parameters) {
            var fields = new Fields(parameters);
            var rules = new Rules(
                    number(fields, "audit_days", LONGEST),
                    number(fields, "jobs_days", LONGEST),
                    number(fields, "backups_days", LONGEST),
                    number(fields, "backups_keep", MOST));
            if (rules.equals(NONE)) {
                throw Fields.invalid("audit_days, jobs_days, backups_days or backups_keep", "there");
            }
            return rules;
        }

        private static long number(Fields fields, String name, long most) {
            var number = fields.whole(name);
            if (number.isPresent() && (number.getAsLong() < 1 || number.getAsLong() > most)) {
                throw Fields.invalid(name, "a whole number from 1 to " + most);
            }
            return number.orElse(0);
        }
    }

    /** Lets go of at most as many as one batch may. @return how many went */
    @FunctionalInterface
    private interface LettingGo {
        int from(Storage unit);
    }

    private record Stage(String name, LettingGo work) {}

    RetentionWork(JobWorks.Means means, Rules rules, JsonNode position, Clock clock) {
        this.storage = means.storage();
        this.system = means.system();
        this.rules = rules;
        this.clock = clock;
        this.position = position instanceof ObjectNode known ? known : Json.object();
    }

    @Override
    public @Nullable JobBatch next() {
        var stages = stages();
        var at = position.path(STAGE).asInt();
        if (at == stages.size()) {
            return null;
        }
        var before = position;
        var stage = stages.get(at);
        return unit -> {
            var gone = stage.work.from(unit);
            position = before.deepCopy()
                    .put(STAGE, gone < JobBatch.MOST_ITEMS ? at + 1 : at)
                    .put(stage.name, before.path(stage.name).asLong() + gone);
            return new JobStep(gone, List.of(), "", position);
        };
    }

    @Override
    public ObjectNode finish() {
        var result = position.deepCopy();
        result.remove(STAGE);
        return result;
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private List<Stage> stages() {
        return List.of(
                new Stage(
                        "audit",
                        unit -> rules.audit == 0
                                ? 0
                                : unit.auditTrail(system).forget(before(rules.audit), JobBatch.MOST_ITEMS)),
                new Stage(
                        "jobs",
                        unit -> rules.jobs == 0
                                ? 0
                                : unit.jobLedger(system).forget(before(rules.jobs), JobBatch.MOST_ITEMS)),
                // Files are no part of the unit; what was removed stays so when it fails.
                new Stage("backups", unit -> backups()));
    }

    private int backups() {
        if (rules.backups == 0 && rules.backupsKept == 0) {
            return 0;
        }
        var until = rules.backups == 0 ? Instant.MAX : before(rules.backups);
        return new OldBackups(BulkWorks.files(storage, system)).remove(until, rules.backupsKept, JobBatch.MOST_ITEMS);
    }

    private Instant before(long days) {
        return clock.instant().minus(Duration.ofDays(days));
    }
}
