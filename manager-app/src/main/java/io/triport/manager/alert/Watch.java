package io.triport.manager.alert;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.Paging;
import io.triport.identity.launch.SystemTasks;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.event.Event;
import io.triport.manager.event.EventKind;
import io.triport.manager.event.EventListener;
import io.triport.manager.metric.Counts;
import io.triport.manager.metric.Tally;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at rules and thresholds when its time has come: one that is broken has one open alert, until it is not broken any more. What
 * lies in the store one node looks at for all; calls each node knows of its own, and of several nodes more than one may open an alert
 * about these. Safe for many threads.
 */
final class Watch implements EventListener {
    private static final Logger LOG = LoggerFactory.getLogger("triport.manager");
    private static final int LATE_PERCENT = 99;
    private static final int WHOLE = 100;
    private static final double MINUTE_MILLIS = 60_000.0;

    private final Means means;

    /** What a watch works with. */
    record Means(
            Shelf<Rule> rules,
            Shelf<Threshold> thresholds,
            OpenAlerts alerts,
            Notices notices,
            Counts counts,
            SystemTasks tasks,
            Clock clock) {}

    Watch(Means means) {
        this.means = means;
    }

    /** A look at what is about the calls of this node. */
    void lookAtCalls(Grant grant, Storage storage) {
        look(grant, storage, RuleType.Subject.CALLS, means.counts.turnWindow());
    }

    /** A look at what is about keys. */
    void lookAtKeys(Grant grant, Storage storage) {
        look(grant, storage, RuleType.Subject.KEYS, Counts.Window.NONE);
    }

    private void look(Grant grant, Storage storage, RuleType.Subject subject, Counts.Window window) {
        var open = new LinkedHashMap<String, Kept<Alert>>();
        means.alerts.newest(grant).stream()
                .filter(alert -> alert.value().open())
                .filter(alert -> RuleType.of(alert.value().type()).subject() == subject)
                .forEach(alert -> open.putIfAbsent(alert.value().rule(), alert));
        for (var entry : wanted(grant, subject).entrySet()) {
            try {
                judge(grant, storage, window, entry.getKey(), entry.getValue(), open);
            } catch (StorageFailure e) {
                LOG.atWarn()
                        .addKeyValue("rule", entry.getKey())
                        .addKeyValue("code", e.code())
                        .log("rule not looked at");
                open.remove(entry.getKey());
            }
        }
        // Of what is left the rule is gone, or has been met.
        open.values().forEach(alert -> means.alerts.resolve(grant, alert));
    }

    private Map<String, Rule> wanted(Grant grant, RuleType.Subject subject) {
        var wanted = new LinkedHashMap<String, Rule>();
        for (var kept : means.rules.list(grant)) {
            if (kept.value().enabled() && kept.value().type().subject() == subject) {
                wanted.put(kept.id(), kept.value());
            }
        }
        for (var kept : means.thresholds.list(grant)) {
            var namespace = kept.id().equals(ThresholdRoutes.GLOBAL) ? Rule.EVERYWHERE : kept.id();
            for (var rule : kept.value().rules(namespace)) {
                if (rule.type().subject() == subject) {
                    wanted.put(Alert.THRESHOLD + kept.id() + "/" + rule.type().text(), rule);
                }
            }
        }
        return wanted;
    }

    private void judge(
            Grant grant, Storage storage, Counts.Window window, String id, Rule rule, Map<String, Kept<Alert>> open) {
        var found = found(grant, storage, window, rule);
        if (found.isEmpty()) {
            return;
        }
        if (found.get().broken() && open.remove(id) == null) {
            means.alerts.open(grant, id, rule, found.get());
        }
    }

    /** Empty where the namespace is gone. */
    private Optional<Finding> found(Grant grant, Storage storage, Counts.Window window, Rule rule) {
        if (rule.namespace().isEmpty()) {
            return Optional.of(everywhere(grant, storage, window, rule));
        }
        return storage.resources(grant)
                .find(new NamespaceId(rule.namespace()))
                .map(namespace -> in(namespace.title(), grant, storage, window, rule));
    }

    private Finding everywhere(Grant grant, Storage storage, Counts.Window window, Rule rule) {
        if (rule.type() == RuleType.BYTES_OVER) {
            var bytes = storage.resources(grant).namespaces().stream()
                    .mapToLong(one ->
                            storage.keyCatalogue(grant).totals(one.title()).bytes())
                    .sum();
            return Finding.over(bytes, rule.limit(), "bytes of values");
        }
        return called(window, window.all(), rule);
    }

    private Finding in(NamespaceTitle title, Grant grant, Storage storage, Counts.Window window, Rule rule) {
        return switch (rule.type()) {
            case KEY_COUNT_OVER ->
                Finding.over(storage.keyCatalogue(grant).totals(title).keys(), rule.limit(), "keys");
            case BYTES_OVER ->
                Finding.over(storage.keyCatalogue(grant).totals(title).bytes(), rule.limit(), "bytes of values");
            case EXPIRING_WITHIN -> expiring(title, grant, storage, rule);
            default -> called(window, window.of(title.text()), rule);
        };
    }

    private Finding expiring(NamespaceTitle title, Grant grant, Storage storage, Rule rule) {
        var end = means.clock.instant().plusSeconds(rule.limit());
        var search = new KeySearch(
                List.of(new KeyArea(title, rule.keys())),
                KeyFilter.EVERY.expiring(KeyFilter.Span.before(end)),
                KeySearch.Order.EXPIRING_FIRST,
                Paging.first(1));
        var total = storage.keyCatalogue(grant).search(search).total();
        return new Finding(total > 0, total, total + " keys end within " + rule.limit() + " s");
    }

    private static Finding called(Counts.Window window, Tally tally, Rule rule) {
        return switch (rule.type()) {
            case ERROR_RATE -> {
                var percent = tally.calls() == 0 ? 0 : tally.failed() * WHOLE / tally.calls();
                yield Finding.over(percent, rule.limit(), "percent of the calls failed");
            }
            case OPERATION_RATE_OVER -> {
                var millis = Math.max(
                        1, Duration.between(window.began(), window.ended()).toMillis());
                yield Finding.over(Math.round(tally.calls() * MINUTE_MILLIS / millis), rule.limit(), "calls a minute");
            }
            case LATENCY_P99_OVER -> {
                var late = (long) Math.ceil(tally.latencies().percentile(LATE_PERCENT));
                yield Finding.over(late, rule.limit(), "ms for the slowest percent of the calls");
            }
            default -> throw new IllegalStateException("rule: " + rule.type() + " (expected: one about calls)");
        };
    }

    @Override
    public void ended(Job job) {
        means.tasks.run(AutomationTask.DELIVERY, (grant, _) -> means.notices.tell(grant, Notice.job(job)));
    }

    @Override
    public void happened(Event event) {
        if (event.kind() == EventKind.JOB_FAILED) {
            means.tasks.run(AutomationTask.DELIVERY, (grant, _) -> failed(grant, event));
        }
    }

    private void failed(Grant grant, Event event) {
        var namespace = event.data().path("namespace_id").asText();
        var what = event.data().path("operation_type").asText() + " failed: "
                + event.data().path("job_id").asText();
        means.rules.list(grant).stream()
                .filter(kept -> kept.value().enabled() && kept.value().type() == RuleType.JOB_FAILED)
                .filter(kept -> kept.value().namespace().isEmpty()
                        || kept.value().namespace().equals(namespace))
                .forEach(kept -> means.alerts.open(grant, kept.id(), kept.value(), new Finding(true, 1, what)));
    }
}
