package io.triport.manager.access;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Document;
import io.triport.domain.time.Ticker;
import io.triport.identity.launch.SystemTasks;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All grants, and the namespaces that are read-only. What is changed here counts at once, and what another node changes within two
 * seconds. Where they cannot be read nobody has any right. Safe for many threads: what is known is replaced whole.
 */
public final class GrantBook {
    /** The kind of the documents with a namespace's settings, by its id. */
    public static final String NAMESPACE_SETTINGS = "namespace-settings";

    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final Shelf<RoleGrant> shelf;
    private final Roles roles;
    private final SystemTasks tasks;
    private final Ticker ticker;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Known known;

    public GrantBook(Storage storage, Roles roles, SystemTasks tasks, Ticker ticker) {
        this.shelf = new Shelf<>(storage, RoleGrant.KIND, RoleGrant.FORM, Problem.GRANT_NOT_FOUND);
        this.roles = roles;
        this.tasks = tasks;
        this.ticker = ticker;
    }

    private record Known(List<RoleGrant> grants, Set<String> readOnly, long change, long at) {}

    /** The grants themselves. Whoever changes them says so by {@link #changed}. */
    public Shelf<RoleGrant> shelf() {
        return shelf;
    }

    /** What somebody may do at the moment. */
    public Rights rights(Standing standing) {
        var now = known();
        return new Rights(roles.of(standing, now.grants), now.readOnly);
    }

    /** The same where the grants were others. */
    public Rights rights(Standing standing, List<RoleGrant> others) {
        return new Rights(roles.of(standing, others), Set.of());
    }

    /** What stores are told of somebody. */
    public Permissions permissions(Standing standing) {
        return rights(standing).permissions();
    }

    /** The same of somebody who has just shown who he is. */
    public Permissions permissions(Principal principal) {
        return permissions(Standing.of(principal));
    }

    /** Whether people without a grant have nothing. */
    public boolean enforced() {
        return Roles.enforced(known().grants);
    }

    /** Looks whether another node has changed something. */
    public void refresh() {
        known();
    }

    /** A grant, or the settings of a namespace, was changed on this node. */
    public void changed() {
        changes.incrementAndGet();
    }

    private Known known() {
        var last = known;
        if (last != null && last.change == changes.get() && ticker.nanos() - last.at < FRESH) {
            return last;
        }
        var change = changes.get();
        var read = new Known[1];
        tasks.run(AutomationTask.GRANTS, (grant, storage) -> read[0] = read(grant, storage, change));
        if (read[0] == null) {
            throw new IllegalStateException("grants: not read (expected: the task to be one of the app's)");
        }
        known = read[0];
        return read[0];
    }

    private Known read(Grant grant, Storage storage, long change) {
        var at = ticker.nanos();
        var grants = shelf.list(grant).stream().map(Kept::value).toList();
        var readOnly = new HashSet<String>();
        for (var document : storage.settings(grant).list(NAMESPACE_SETTINGS)) {
            if (readOnly(document)) {
                storage.resources(grant)
                        .find(new NamespaceId(document.name().id()))
                        .ifPresent(namespace -> readOnly.add(namespace.title().text()));
            }
        }
        return new Known(grants, Set.copyOf(readOnly), change, at);
    }

    private static boolean readOnly(Document settings) {
        return Json.parse(settings.content().text()).path("read_only").asBoolean();
    }
}
