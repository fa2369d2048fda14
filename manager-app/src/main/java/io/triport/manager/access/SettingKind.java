package io.triport.manager.access;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Kinds of documents that others than admins may reach.
 */
public enum SettingKind {
    NAMESPACE_COLOR("namespace-color", ManagerRole.EDITOR),
    NAMESPACE_SETTINGS("namespace-settings", ManagerRole.ADMIN),
    /** How long backups of a namespace are kept, by its id. */
    BACKUP_RETENTION("backup-retention", ManagerRole.ADMIN),
    THRESHOLD("threshold", ManagerRole.ADMIN),
    METRIC_DAY("metric-day", ManagerRole.ADMIN),
    ALERT_RULE("alert-rule", ManagerRole.ADMIN),
    /** Editors say that they have seen one. */
    ALERT("alert", ManagerRole.EDITOR),
    NOTIFICATION("notification", ManagerRole.ADMIN),
    /** A bucket that a caller has made, by its name. */
    R2_BUCKET("r2-bucket", ManagerRole.ADMIN),
    TEMPLATE("template", ManagerRole.ADMIN),
    /** What a queue is like, of those that people make. */
    QUEUE("queue", ManagerRole.ADMIN),
    /** Everybody's own. */
    SAVED_SEARCH("saved-search", ManagerRole.AUDITOR),
    /** Of whoever may order jobs. */
    SCHEDULE("schedule", ManagerRole.VIEWER),
    /** A kind for each schedule. */
    SCHEDULE_RUN("schedule-run-*", ManagerRole.VIEWER);

    private final String text;
    private final ManagerRole writer;

    /** @param writer the least role that may write one; all may read */
    SettingKind(String text, ManagerRole writer) {
        this.text = text;
        this.writer = writer;
    }

    /** As the documents have it. */
    public String text() {
        return text;
    }

    /** What documents a role opens. @param everything whether it is an admin's of everything */
    static List<Permission> permissions(ManagerRole role, boolean everything) {
        if (everything) {
            return List.of(
                    permission(Set.of(Action.SETTINGS_READ, Action.SETTINGS_WRITE), Set.of(ResourcePattern.all())));
        }
        var rules = new ArrayList<Permission>();
        for (var kind : values()) {
            var place = Set.of(ResourcePattern.like(Glob.parse(kind.text)));
            rules.add(permission(
                    role.compareTo(kind.writer) <= 0
                            ? Set.of(Action.SETTINGS_READ, Action.SETTINGS_WRITE)
                            : Set.of(Action.SETTINGS_READ),
                    place));
        }
        return rules;
    }

    private static Permission permission(Set<Action> actions, Set<ResourcePattern> places) {
        return new Permission(actions, places, Set.of(KeyPrefix.EVERY));
    }
}
