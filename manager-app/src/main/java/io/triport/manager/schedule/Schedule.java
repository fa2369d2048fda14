package io.triport.manager.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.schedule.Cron;
import io.triport.manager.access.Caller;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.document.Form;
import io.triport.manager.job.JobKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A job that is ordered at times of the calendar.
 *
 * @param name 1..128 characters
 * @param kind of the job
 * @param params what the job is about, as people wrote it
 * @param since when it began to fall due as it does; what came before is not made up for
 */
record Schedule(
        String name,
        Cron cron,
        ZoneId zone,
        JobKind kind,
        ObjectNode params,
        Overlap overlap,
        boolean enabled,
        Owner owner,
        Instant created,
        Instant since) {
    static final Form<Schedule> FORM = new Form<>() {
        @Override
        public Schedule read(Fields fields) {
            var owner = Owner.read(fields.object().path("owner"));
            var created = Instant.parse(fields.required("created"));
            return changed(fields, blank(owner, created), Instant.parse(fields.required("since")));
        }

        @Override
        public ObjectNode write(Schedule value) {
            var node = value.shown().put("created", value.created.toString()).put("since", value.since.toString());
            node.set("owner", value.owner.written());
            return node;
        }
    };

    private static final int LONGEST_NAME = 128;

    Schedule {
        params = params.deepCopy();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Fields.invalid("name", "a text of 1 to 128 characters");
        }
    }

    @Override
    public ObjectNode params() {
        return params.deepCopy();
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static Schedule create(Fields fields, Owner owner, Instant now) {
        fields.required("name");
        fields.required("cron");
        if (fields.any("job").isEmpty()) {
            throw Fields.invalid("job", "an object with type and params");
        }
        return changed(fields, blank(owner, now), now);
    }

    /** What is not named stays. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    Schedule changed(Fields fields, Instant now) {
        var next = changed(fields, this, since);
        var same = next.cron.equals(cron) && next.zone.equals(zone) && next.enabled == enabled;
        return same ? next : next.since(now);
    }

    Instant next(Instant now) {
        return cron.next(now, zone);
    }

    boolean seenBy(Caller caller) {
        return owner.user().equals(caller.user()) || caller.rights().administer();
    }

    ObjectNode shown() {
        var node = Json.object()
                .put("name", name)
                .put("cron", cron.toString())
                .put("timezone", zone.getId())
                .put("enabled", enabled)
                .put("overlap", overlap.text())
                .put("owner", owner.user())
                .put("created_at", Moments.text(created));
        node.putObject("job").put("type", kind.operation()).set("params", params.deepCopy());
        return node;
    }

    private Schedule since(Instant moment) {
        return new Schedule(name, cron, zone, kind, params, overlap, enabled, owner, created, moment);
    }

    private static Schedule blank(Owner owner, Instant now) {
        return new Schedule(
                "schedule",
                Cron.parse("0 0 * * *"),
                ZoneId.of("UTC"),
                JobKind.EXPORT,
                Json.object(),
                Overlap.SKIP,
                true,
                owner,
                now,
                now);
    }

    private static Schedule changed(Fields fields, Schedule before, Instant since) {
        var job = fields.any("job").map(Fields::new);
        return new Schedule(
                fields.text("name").orElse(before.name),
                fields.text("cron").map(Cron::parse).orElse(before.cron),
                fields.text("timezone").map(Schedule::zone).orElse(before.zone),
                job.map(Schedule::kind).orElse(before.kind),
                job.map(Schedule::params).orElse(before.params),
                fields.text("overlap").map(Overlap::parse).orElse(before.overlap),
                fields.any("enabled").isPresent() ? fields.flag("enabled") : before.enabled,
                before.owner,
                before.created,
                since);
    }

    private static JobKind kind(Fields job) {
        return JobKind.of(job.text("type").orElse(""))
                .orElseThrow(
                        () -> Fields.invalid("job.type", "export, r2_backup, bulk_delete, retention or index_check"));
    }

    private static ObjectNode params(Fields job) {
        JsonNode params = job.any("params").orElseGet(Json::object);
        if (params instanceof ObjectNode object) {
            return object;
        }
        throw Fields.invalid("job.params", "an object");
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw Fields.invalid("timezone", "the id of a zone, such as UTC or Europe/Berlin");
        }
    }
}
