package io.triport.manager;

import io.triport.domain.identity.Glob;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.time.Randomness;
import io.triport.identity.PermittingPlan;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Consuming;
import io.triport.identity.launch.ModelReader;
import io.triport.identity.launch.OnCron;
import io.triport.identity.launch.Recurring;
import io.triport.identity.launch.StartMode;
import io.triport.identity.outbound.Destinations;
import io.triport.manager.access.Roles;
import io.triport.manager.automation.Pulses;
import io.triport.manager.automation.Timetable;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.r2.ManagerBuckets;
import io.triport.manager.job.JobCalls;
import io.triport.manager.job.JobSettings;
import io.triport.manager.job.JobSweep;
import io.triport.manager.job.JobTask;
import io.triport.manager.namespace.HiddenTitles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manager's settings: the file's section {@code triport.manager}, or the variables of the system that it stands in for. */
final class ManagerConfig implements AppConfig {
    private static final Duration RECLAIM_EVERY = Duration.ofMinutes(1);
    private static final int RECLAIM_AT_ONCE = 1_000;
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

    /** Of a page that the server answers itself; what streams is bounded by its route. */
    private static final ByteSize LONGEST_OF_PAGES = ByteSize.ofMiB(1);

    /** The longest body of any route: an import. */
    private static final ByteSize LONGEST = ByteSize.ofMiB(1024);

    /** A key name of 512 bytes in its longest form, with what else stands in a path. */
    private static final ByteSize REQUEST_LINE = ByteSize.ofKiB(16);

    /** Clients write a hundred values at once, each a unit of several tables: such a burst waits its turn rather than be shed. */
    private static final EdgeLimits.Work WORK = new EdgeLimits.Work(256, 64, 1_024, Duration.ofSeconds(1));

    private static final String OWN_ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final Duration NONCE_WINDOW = Duration.ofSeconds(60);
    private static final Duration NONCE_MEMORY = Duration.ofSeconds(180);

    private final IdentityReader.Read identity;
    private final List<Object> parts;
    private final CachesReader.Read caches;
    private final Pulses pulses = Pulses.usual();
    private final Timetable timetable = new Timetable();
    private final JobCalls calls = new JobCalls();
    private final JobSettings jobs;
    private final Keeping keeping;

    /** @param parts what the app's parts ask for */
    private ManagerConfig(
            IdentityReader.Read identity,
            List<Object> parts,
            CachesReader.Read caches,
            JobSettings jobs,
            Keeping keeping) {
        this.caches = caches;
        this.jobs = jobs;
        this.keeping = keeping;
        this.identity = identity;
        this.parts = List.copyOf(parts);
    }

    static ManagerConfig read(Section triport, Sources sources, StartMode mode, Randomness randomness) {
        var manager = triport.section("manager");
        var remote = AccountReader.read(manager);
        var account = new Account(manager.value(
                "account-id",
                Value.matching("[0-9a-f]{32}", "32 lower-case hexadecimal digits"),
                remote.map(RemoteAccount::id).orElse(OWN_ACCOUNT),
                "The account by which Cloudflare's clients ask for the namespaces."));
        var hidden = new HiddenTitles(manager.list(
                "protected-namespaces",
                new Value<>("a pattern of titles such as system-*", Glob::parse),
                "Namespaces that the manager neither shows nor changes."));
        var destinations = new Destinations(manager.section("webhooks")
                .list(
                        "allowed-addresses",
                        Value.CIDR,
                        "Addresses beside the public ones to which webhooks may be sent, such as 10.1.0.0/16."));
        var jobs = JobSettings.read(manager);
        var buckets = new ManagerBuckets(new FilesReader(manager.section("files")).read());
        var lent = new ObjectProxyReader(manager.section("object-proxy")).read();
        var parts = new ArrayList<Object>(List.of(account, hidden, destinations, jobs, buckets, lent, SqlLimits.USUAL));
        remote.ifPresent(parts::add);
        var models = ModelReader.read(manager);
        if (!models.models().isEmpty()) {
            parts.add(models);
        }
        VectorsReader.read(manager).ifPresent(parts::add);
        var caches = CachesReader.read(manager);
        parts.add(caches.caches());
        caches.plan().ifPresent(parts::add);
        return new ManagerConfig(
                new IdentityReader(manager, mode, randomness).read(), parts, caches, jobs, Keeping.read(manager, jobs));
    }

    /** Those that may prove who asks, in their order. */
    List<MechanismName> order() {
        return identity.order();
    }

    Roles roles() {
        return identity.roles();
    }

    /** The mechanisms with what their principals may do, which a link says itself. */
    Set<PlannedMechanism> permitting(Function<Principal, Permissions> permissions) {
        var ofPeople =
                identity.plans().stream().<PlannedMechanism>map(plan -> PermittingPlan.ofData(plan, permissions));
        return Stream.concat(ofPeople, identity.links().plan().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ByteSize maxBody() {
        return LONGEST_OF_PAGES;
    }

    @Override
    public EdgeLimits usualLimits() {
        var usual = EdgeLimits.collecting(LONGEST);
        return usual.with(usual.head().with(REQUEST_LINE)).with(WORK);
    }

    @Override
    public Duration nonceWindow() {
        return NONCE_WINDOW;
    }

    @Override
    public Duration nonceMemory() {
        return NONCE_MEMORY;
    }

    @Override
    public ErrorShape errors() {
        return new ManagerShape();
    }

    /** None for the server's own gate: the app asks one of its own. */
    @Override
    public Set<PlannedMechanism> mechanisms() {
        return Set.of();
    }

    @Override
    public List<Object> beans() {
        var beans = new ArrayList<>(parts);
        beans.addAll(List.of(
                pulses,
                timetable,
                calls,
                calls.queues(),
                identity.origins(),
                identity.ways(),
                identity.issue(),
                identity.sealing(),
                identity.links()));
        return beans;
    }

    @Override
    public List<PlannedMechanism> planned() {
        return identity.plans();
    }

    @Override
    public Optional<String> wantsSharedData() {
        return caches.wantsSharedData();
    }

    @Override
    public Optional<String> sharedMarks() {
        return Optional.of("nonces-manager");
    }

    @Override
    public List<Recurring> tasks() {
        var sweep = new JobSweep(jobs.filesKept());
        var tasks = new ArrayList<>(pulses.tasks());
        tasks.add(new Recurring(JobTask.JOBS, SWEEP_EVERY, sweep::run));
        tasks.add(new Recurring(ManagerTask.RECLAIM, RECLAIM_EVERY, (tick, grant, storage) -> {
            var catalogue = storage.resources(grant);
            while (catalogue.reclaim(RECLAIM_AT_ONCE) == RECLAIM_AT_ONCE) {
                // Until a batch is not full: what is left was not there when the task fell due.
            }
        }));
        return tasks;
    }

    @Override
    public List<OnCron> crons() {
        var crons = new ArrayList<>(pulses.crons());
        crons.add(keeping.cron());
        crons.addAll(timetable.present());
        return crons;
    }

    @Override
    public List<Consuming> consumers() {
        return List.of(calls.consuming());
    }

    /** Nothing changes while it runs. */
    @Override
    public void adopt(AppConfig newer) {}

    @Override
    public List<String> ready() {
        return identity.ready();
    }
}
