package io.triport.manager.alert;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.repeat.Effect;
import java.util.List;
import java.util.function.Predicate;

/** The alerts that there are, the last 500. Safe for many threads. */
public final class OpenAlerts {
    private static final int MOST = 500;

    private final Shelf<Alert> shelf;
    private final FreshId ids;
    private final Notices notices;

    OpenAlerts(Storage storage, FreshId ids, Notices notices) {
        this.shelf = new Shelf<>(storage, "alert", Alert.FORM, Problem.ALERT_NOT_FOUND);
        this.ids = ids;
        this.notices = notices;
    }

    /** How many namespaces are beyond a threshold. @param seen which of them count, by their ids */
    public long breaches(Grant grant, Predicate<String> seen) {
        return shelf.list(grant).stream()
                .map(Kept::value)
                .filter(alert -> alert.open() && alert.rule().startsWith(Alert.THRESHOLD))
                .map(Alert::namespace)
                .distinct()
                .filter(seen)
                .count();
    }

    /** The newest first. */
    List<Kept<Alert>> newest(Grant grant) {
        return shelf.list(grant).reversed();
    }

    Kept<Alert> seen(Effect effect, String id, String user) {
        return shelf.together(effect, all -> all.change(effect.grant(), id, alert -> alert.seen(user, now())));
    }

    /** Opens an alert, and says so. */
    void open(Grant grant, String ruleId, Rule rule, Finding found) {
        var alert = new Alert(
                ruleId,
                rule.name(),
                rule.type().text(),
                rule.namespace(),
                found.message(),
                found.value(),
                now(),
                "",
                "",
                "");
        var id = ids.timed();
        shelf.add(grant, id, alert);
        notices.tell(grant, Notice.alert(id, alert));
        var all = shelf.list(grant);
        all.subList(0, Math.max(0, all.size() - MOST)).forEach(old -> shelf.remove(grant, old.id()));
    }

    void resolve(Grant grant, Kept<Alert> alert) {
        // Where somebody has seen it at this moment, it is resolved at the next look.
        shelf.replace(grant, alert, alert.value().resolved(now()));
    }

    private String now() {
        return Moments.text(ids.clock().instant());
    }
}
