package io.triport.manager.queue;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.manager.access.SettingKind;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.route.Author;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/** The queues that somebody has made, as far as a caller may see them. A change commits with its entry in the audit. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class QueueShelf {
    /*
     * Ids
     *
     * A queue's id follows from its name, so that of two that make one of the same name at once one is told that it is there, on
     * whichever nodes they are. So a queue cannot be renamed, and the next one of a name has the id of the last.
     */
    private static final int ID_BYTES = 16;

    private final Shelf<KeptQueue> shelf;
    private final QueueDefinitions own;
    private final Clock clock;

    /** @param own those of the app itself, which nobody may touch */
    QueueShelf(Storage storage, QueueDefinitions own, Clock clock) {
        this.shelf = new Shelf<>(storage, SettingKind.QUEUE.text(), KeptQueue.FORM, Problem.QUEUE_NOT_FOUND);
        this.own = own;
        this.clock = clock;
    }

    /** In the order of their ids. */
    List<Kept<KeptQueue>> all(Grant grant) {
        return all(shelf, grant);
    }

    private static List<Kept<KeptQueue>> all(Shelf<KeptQueue> shelf, Grant grant) {
        return shelf.list(grant).stream()
                .filter(queue -> visible(grant, queue.value().name()))
                .toList();
    }

    /** @throws io.triport.manager.answer.Refused QUEUE_NOT_FOUND */
    Kept<KeptQueue> require(Grant grant, String id) {
        return require(shelf, grant, id);
    }

    private static Kept<KeptQueue> require(Shelf<KeptQueue> shelf, Grant grant, String id) {
        var found = shelf.require(grant, id);
        if (!visible(grant, found.value().name())) {
            throw Problem.QUEUE_NOT_FOUND.refused();
        }
        return found;
    }

    private static boolean visible(Grant grant, QueueName name) {
        return grant.permits(Action.QUEUE_METRICS, ResourceName.container(name.text()));
    }

    /** The messages of a queue, as everybody sees them. */
    Queue open(Grant grant, Kept<KeptQueue> queue) {
        return open(shelf.storage(), grant, queue.value());
    }

    /** As a unit sees them. @throws io.triport.manager.answer.Refused QUEUE_NOT_FOUND where it was dropped meanwhile */
    Queue open(Storage unit, Grant grant, Kept<KeptQueue> queue) {
        return open(unit, grant, require(shelf.within(unit), grant, queue.id()).value());
    }

    private Queue open(Storage unit, Grant grant, KeptQueue queue) {
        return unit.queue(grant, definition(shelf.within(unit), grant, queue));
    }

    private static QueueDefinition definition(Shelf<KeptQueue> shelf, Grant grant, KeptQueue queue) {
        var consumer = queue.consumer();
        return consumer == null || consumer.deadLetters().isEmpty()
                ? queue.definition(null)
                : queue.definition(require(shelf, grant, id(new QueueName(consumer.deadLetters())))
                        .value());
    }

    /** @throws io.triport.manager.answer.Refused QUEUE_TAKEN */
    Kept<KeptQueue> create(Author by, QueueName name, Fields settings) {
        if (own.find(name).isPresent()) {
            throw Problem.QUEUE_TAKEN.refused();
        }
        var fresh = KeptQueue.fresh(name, Moments.text(clock.instant())).set(settings);
        return by.together(shelf.storage(), unit -> {
            requirePossible(unit, by.grant(), fresh);
            var made = shelf.within(unit).add(by.grant(), id(name), fresh).orElseThrow(Problem.QUEUE_TAKEN::refused);
            tell(unit, by, "create_queue", made);
            return made;
        });
    }

    /** Changes what a queue is like. @throws io.triport.manager.answer.Refused QUEUE_NOT_FOUND, INVALID_ARGUMENT */
    Kept<KeptQueue> change(Author by, String id, String operation, UnaryOperator<KeptQueue> change) {
        return by.together(shelf.storage(), unit -> {
            var all = shelf.within(unit);
            require(all, by.grant(), id);
            var changed = all.change(by.grant(), id, change);
            requirePossible(unit, by.grant(), changed.value());
            tell(unit, by, operation, changed);
            return changed;
        });
    }

    /** A definition has bounds, and its dead letters need a queue. */
    private void requirePossible(Storage unit, Grant grant, KeptQueue queue) {
        open(unit, grant, queue);
    }

    Kept<KeptQueue> purge(Author by, String id) {
        return by.together(shelf.storage(), unit -> {
            var all = shelf.within(unit);
            var present = require(all, by.grant(), id);
            open(unit, by.grant(), present.value()).purge();
            var changed = all.change(by.grant(), id, queue -> queue.purged(Moments.text(clock.instant())));
            tell(unit, by, "purge_queue", changed);
            return changed;
        });
    }

    /** With all its messages. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT while another's dead letters come to it */
    void drop(Author by, String id) {
        by.together(shelf.storage(), unit -> {
            var all = shelf.within(unit);
            var present = require(all, by.grant(), id);
            var name = present.value().name();
            if (all(all, by.grant()).stream().anyMatch(other -> other.value().buriesIn(name))) {
                throw Problem.INVALID_ARGUMENT.refused("The dead letters of another queue come to this one");
            }
            open(unit, by.grant(), present.value()).purge();
            tell(unit, by, "delete_queue", present);
            return all.removed(by.grant(), id);
        });
    }

    private void tell(Storage unit, Author by, String operation, Kept<KeptQueue> queue) {
        var details = Json.object()
                .put("queue", queue.id())
                .put("name", queue.value().name().text());
        by.tell(unit, operation, AuditPlace.NONE, clock.instant(), new JsonText(details.toString()));
    }

    static String id(QueueName name) {
        return Sha256.of(Bytes.utf8(name.text())).slice(0, ID_BYTES).toHex();
    }
}
