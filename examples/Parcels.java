import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.Verdicts;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Method;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.Storage;
import io.triport.identity.handler.Reply;
import io.triport.identity.handler.RoutedFetch;
import io.triport.identity.launch.Launch;
import io.triport.identity.program.Program;
import java.util.List;
import java.util.Locale;

/**
 * A parcel desk. A request hands a parcel in; a message has its label printed; each minute the parcels are counted. Numbers
 * come from a durable object, so that no two parcels have one; what is known of a parcel lies under its number in a namespace;
 * labels lie in a bucket; and what waits for its label lies in a queue.
 */
public final class Parcels {
    private static final NamespaceTitle PARCELS = new NamespaceTitle("PARCELS");
    private static final KvKey HANDED_IN = KvKey.of("handed-in");
    private static final QueueName TO_PRINT = new QueueName("to-print");
    private static final BucketName LABELS = new BucketName("labels");
    private static final ObjectClass NUMBERS = new ObjectClass("numbers");
    private static final ObjectName DESK = ObjectName.of("desk");

    public static void main(String[] arguments) {
        var program = Program.named("parcels", 8841, Parcels::permissions)
                .namespace(PARCELS)
                .bucket(LABELS)
                .objects(NUMBERS, Numbers::new)
                .fetch(Method.POST, "/parcels", "parcels.write", Parcels::handIn)
                .fetch(Method.GET, "/parcels/{number}", "parcels.read", Parcels::show)
                .fetch(Method.GET, "/parcels/{number}/label", "parcels.read", Parcels::label)
                .queue(QueueDefinition.of(TO_PRINT), Task.PRINT, Parcels::print)
                .scheduled("* * * * *", Task.COUNT, Parcels::count);
        System.exit(new Launch(program, System.getenv(), System.out, System.err).run(List.of(arguments)));
    }

    /** What callers may reach, whichever of the handlers they ask: the scopes of their keys decide that. */
    private static Permissions permissions(Principal caller) {
        return Permissions.of(
                Permission.on(PARCELS.text(), Action.KV_GET, Action.KV_PUT),
                Permission.on(TO_PRINT.text(), Action.QUEUE_SEND),
                Permission.on(NUMBERS.text(), Action.DURABLE_TURN),
                Permission.on(LABELS.text(), Action.OBJECT_GET));
    }

    /** Work that nobody asks for, and all that it may do. */
    private enum Task implements SystemTask {
        PRINT(
                Permission.on(PARCELS.text(), Action.KV_GET, Action.KV_PUT),
                Permission.on(LABELS.text(), Action.OBJECT_PUT)),
        COUNT(
                Permission.on(PARCELS.text(), Action.KV_PUT),
                Permission.on(NUMBERS.text(), Action.DURABLE_TURN));

        private final Permissions permissions;

        Task(Permission... all) {
            this.permissions = Permissions.of(all);
        }

        @Override
        public TaskName taskName() {
            return new TaskName("parcels-" + name().toLowerCase(Locale.ROOT));
        }

        @Override
        public Permissions permissions() {
            return permissions;
        }
    }

    /** The parcel and the message that it waits for its label: both are there, or neither is. */
    private static Reply handIn(RoutedFetch request, Grant grant, Storage storage) {
        var numbers = storage.durableObjects(grant, NUMBERS);
        var number = numbers.inTurn(numbers.named(DESK), new ObjectEvent("next")).body().toUtf8();
        storage.together(grant, unit -> {
            var parcel = KvEntry.of(request.body());
            unit.keyValue(grant, PARCELS).put(KvKey.of("parcel:" + number), parcel, KvCondition.IF_ABSENT);
            return unit.queue(grant, TO_PRINT).send(Message.text(number));
        });
        return Reply.json(201, "{\"number\":" + number + "}").with("Location", "/parcels/" + number);
    }

    private static Reply show(RoutedFetch request, Grant grant, Storage storage) {
        return storage.keyValue(grant, PARCELS)
                .get(KvKey.of("parcel:" + request.variable("number")))
                .map(parcel -> Reply.json(200, parcel.value()))
                .orElseGet(Reply::notFound);
    }

    private static Reply label(RoutedFetch request, Grant grant, Storage storage) {
        var key = ObjectRef.current(ObjectKey.of(request.variable("number") + ".txt"));
        return storage.objects(grant, LABELS).get(key, ReadOptions.WHOLE) instanceof GetOutcome.Found found
                ? Reply.text(200, ContentReader.whole(found.content(), ByteSize.ofMiB(1)).toUtf8())
                : Reply.notFound();
    }

    /** A label that was printed before is printed again, and is the same. */
    private static void print(QueueBatch batch, Verdicts verdicts, Grant grant, Storage storage) {
        for (var delivery : batch.deliveries()) {
            var number = delivery.body().toUtf8();
            var parcel = storage.keyValue(grant, PARCELS).get(KvKey.of("parcel:" + number));
            parcel.ifPresent(known -> {
                var text = "PARCEL " + number + "\n" + known.value().toUtf8() + "\n";
                storage.objects(grant, LABELS)
                        .put(ObjectKey.of(number + ".txt"), Content.of(Bytes.utf8(text)), WriteOptions.PLAIN);
            });
            verdicts.ack(delivery.id());
        }
    }

    private static void count(Scheduled tick, Grant grant, Storage storage) {
        var numbers = storage.durableObjects(grant, NUMBERS);
        var last = numbers.inTurn(numbers.named(DESK), new ObjectEvent("last")).body();
        storage.keyValue(grant, PARCELS).put(HANDED_IN, KvEntry.of(last), KvCondition.ANY);
    }

    /** Hands out numbers, one after the other, whatever happens to the program meanwhile. */
    private static final class Numbers implements DurableObject {
        private static final StateKey LAST = StateKey.of("last");

        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            var last = context.state().get(LAST).map(Bytes::toUtf8).map(Long::parseLong).orElse(0L);
            var answer = Long.toString(event.operation().equals("next") ? last + 1 : last);
            if (event.operation().equals("next")) {
                context.state().put(LAST, Bytes.utf8(answer));
            }
            return new ObjectAnswer(Bytes.utf8(answer));
        }
    }
}
