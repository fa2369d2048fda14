package io.triport.identity.program;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.BucketName;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Method;
import io.triport.domain.schedule.Cron;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.time.Randomness;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.handler.FetchWork;
import io.triport.identity.handler.PathPattern;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.BatchWork;
import io.triport.identity.launch.Consuming;
import io.triport.identity.launch.OnCron;
import io.triport.identity.launch.StartMode;
import io.triport.identity.launch.TickWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A program of one's own: what it answers, what it does at times of the calendar, what it does with messages of queues. Everything
 * goes through the gate first and is handed the grant of whoever caused it: of the caller, or of a task whose permissions are fixed
 * when the program is compiled. Callers show an API key; the permissions of a caller are the program's to say. The rest is as with
 * the apps of Triport: configuration, storage engines, limits, health, metrics, logs and shutdown (product page, section 3).
 *
 * <p>For one thread, which describes the program and then runs it by {@link io.triport.identity.launch.Launch}.
 */
public final class Program implements App {
    private final String name;
    private final int port;
    private final Function<Principal, Permissions> permissions;
    private final List<Handled> handled = new ArrayList<>();
    private final List<OnCron> crons = new ArrayList<>();
    private final List<Consuming> consumers = new ArrayList<>();
    private final Set<QueueDefinition> queues = new HashSet<>();
    private final Map<ObjectClass, Supplier<DurableObject>> classes = new LinkedHashMap<>();
    private final Set<BucketName> buckets = new HashSet<>();
    private final Set<NamespaceTitle> namespaces = new LinkedHashSet<>();
    private final Set<DatabaseName> databases = new LinkedHashSet<>();
    private ByteSize maxBody = ByteSize.ofMiB(1);

    /** A handler before it is known by which mechanisms callers come. */
    record Handled(Method method, PathPattern path, Scope scope, FetchWork work) {}

    private Program(String name, int port, Function<Principal, Permissions> permissions) {
        this.name = name;
        this.port = port;
        this.permissions = permissions;
    }

    /**
     * @param name in commands, logs and files: 1 to 32 of a-z, 0-9 and '-'
     * @param port where nothing is configured, 0 to 65535; the management port is the tenth after it
     * @param permissions what data a caller may reach; asked for each request
     */
    public static Program named(String name, int port, Function<Principal, Permissions> permissions) {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("name: " + name + " (expected: 1..32 of a-z, 0-9 and '-')");
        }
        return new Program(name, port, permissions);
    }

    /**
     * Answers the requests of a method and a path.
     *
     * @param path with places for variables, such as {@code /parcels/{id}}
     * @param scope that the caller's key must have
     */
    public Program fetch(Method method, String path, String scope, FetchWork work) {
        handled.add(new Handled(method, PathPattern.of(path), new Scope(scope), work));
        return this;
    }

    /**
     * Does something at times of the calendar (UTC), once for each among all nodes.
     *
     * @param cron five fields, of which the last counts from 1 for Sunday (storage contract, section 10)
     */
    public Program scheduled(String cron, SystemTask task, TickWork work) {
        crons.add(new OnCron(task, Cron.parse(cron), work));
        return this;
    }

    /** Does something with the messages of a queue, which are delivered again where it throws. */
    public Program queue(QueueDefinition queue, SystemTask task, BatchWork work) {
        queues.add(queue);
        consumers.add(Consuming.of(task, queue.name(), work));
        return this;
    }

    /** Has a queue that nobody consumes here, such as one of dead letters. */
    public Program queue(QueueDefinition queue) {
        queues.add(queue);
        return this;
    }

    /** Has durable objects of a class. @param instances makes an instance, from many threads */
    public Program objects(ObjectClass type, Supplier<DurableObject> instances) {
        classes.put(type, instances);
        return this;
    }

    /** Has a bucket, whose objects lie in the data directory. */
    public Program bucket(BucketName bucket) {
        buckets.add(bucket);
        return this;
    }

    /** Has a namespace, which is made before the first request where there is none yet. */
    public Program namespace(NamespaceTitle title) {
        namespaces.add(title);
        return this;
    }

    /** Has a database, which is made before the first request where there is none yet. */
    public Program database(DatabaseName name) {
        databases.add(name);
        return this;
    }

    /** Takes longer bodies than 1 MiB, or only shorter ones. */
    public Program maxBody(ByteSize most) {
        maxBody = most;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int managementPort() {
        return port == 0 ? 0 : port + 10;
    }

    @Override
    public AppConfig read(Section triport, Sources sources, StartMode mode) {
        return ProgramConfig.read(this, triport, sources, mode, Randomness.system());
    }

    Function<Principal, Permissions> permissions() {
        return permissions;
    }

    List<Handled> handled() {
        return List.copyOf(handled);
    }

    List<OnCron> crons() {
        return List.copyOf(crons);
    }

    List<Consuming> consumers() {
        return List.copyOf(consumers);
    }

    Set<QueueDefinition> queues() {
        return Set.copyOf(queues);
    }

    DurableCode classes() {
        return new DurableCode(classes);
    }

    Set<BucketName> buckets() {
        return Set.copyOf(buckets);
    }

    Set<NamespaceTitle> namespaces() {
        return Set.copyOf(namespaces);
    }

    Set<DatabaseName> databases() {
        return Set.copyOf(databases);
    }

    ByteSize maxBody() {
        return maxBody;
    }
}
