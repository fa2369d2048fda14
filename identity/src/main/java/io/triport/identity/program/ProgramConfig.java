package io.triport.identity.program;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.NodeLink;
import io.triport.domain.storage.SqlServer;
import io.triport.domain.time.Randomness;
import io.triport.identity.PermittingPlan;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.handler.FetchRoutes;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Consuming;
import io.triport.identity.launch.DevelopmentSecret;
import io.triport.identity.launch.OnCron;
import io.triport.identity.launch.OnStart;
import io.triport.identity.launch.PeersReader;
import io.triport.identity.launch.StartMode;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A program's settings: who may come in. Everything else stands in the program, or in the shared keys. */
final class ProgramConfig implements AppConfig {
    private static final int SECRET_BYTES = 32;
    private static final Duration NONCE_WINDOW = Duration.ofSeconds(60);
    private static final Duration NONCE_MEMORY = Duration.ofSeconds(180);

    private final Program program;
    private final @Nullable NodeLink peers;
    private final List<ApiKeySettings> keys;
    private final List<String> ready;

    private ProgramConfig(Program program, Optional<NodeLink> peers, List<ApiKeySettings> keys, List<String> ready) {
        this.program = program;
        this.peers = peers.orElse(null);
        this.keys = List.copyOf(keys);
        this.ready = List.copyOf(ready);
    }

    /** @throws ConfigError without a key by which anybody could come in, unless one is to be made for development */
    static ProgramConfig read(
            Program program, Section triport, Sources sources, StartMode mode, Randomness randomness) {
        // Of a program without objects nobody has a use for it, so it is refused as any key that nobody knows.
        var peers = program.classes().instances().isEmpty()
                ? Optional.<NodeLink>empty()
                : PeersReader.read(triport.section("peers"));
        var identity = sources.root().section("identity");
        var configured = new ArrayList<>(identity.each(ProgramConfig::mechanism).values());
        if (!configured.isEmpty()) {
            return new ProgramConfig(program, peers, configured, List.of());
        }
        if (mode.credentials() == StartMode.Credentials.DEVELOPMENT) {
            return development(program, peers, mode, randomness);
        }
        throw new ConfigError(
                identity.origin(),
                "identity",
                "no identity configured",
                "identity.keys with type: api-key and a pepper, or --dev for a development key");
    }

    private static ApiKeySettings mechanism(Section section) {
        if (section.optional("type", Value.matching("api-key", "api-key"), "What it verifies.")
                .isEmpty()) {
            throw section.error("type", "missing", "api-key");
        }
        return ApiKeySettings.read(section);
    }

    private static ProgramConfig development(
            Program program, Optional<NodeLink> peers, StartMode mode, Randomness randomness) {
        var made = DevelopmentSecret.in(mode, program.name(), () -> fresh(randomness));
        var settings = new ApiKeySettings(
                new MechanismName("keys"),
                "api-keys",
                Keyring.of(MasterSecret.of(Secret.of(fresh(randomness)))),
                "dev",
                List.of(Secret.of(made.text())),
                scopes(program),
                RevocationRule.SOFT);
        return new ProgramConfig(program, peers, List.of(settings), List.of("token-file=" + made.file()));
    }

    private static String fresh(Randomness randomness) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomness.bytes(SECRET_BYTES));
    }

    private static Set<Scope> scopes(Program program) {
        return program.handled().stream().map(Program.Handled::scope).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ByteSize maxBody() {
        return program.maxBody();
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
        return new ProblemShape();
    }

    @Override
    public Set<PlannedMechanism> mechanisms() {
        return keys.stream()
                .map(settings -> PermittingPlan.ofData(new ApiKeyPlan(settings), program.permissions()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<String> sharedMarks() {
        return Optional.of("nonces-" + program.name());
    }

    @Override
    public List<Object> beans() {
        var beans = new ArrayList<>(List.of(routes(), queues()));
        if (!program.classes().instances().isEmpty()) {
            beans.add(program.classes());
            if (peers != null) {
                beans.add(peers);
            }
        }
        if (!program.buckets().isEmpty()) {
            beans.add(new OwnBuckets(program.buckets()));
        }
        if (!program.databases().isEmpty()) {
            beans.add(SqlLimits.USUAL);
            beans.add(new SqlServer());
        }
        return beans;
    }

    private FetchRoutes routes() {
        var mechanisms = keys.stream().map(ApiKeySettings::name).toList();
        return new FetchRoutes(program.handled().stream()
                .map(each -> new OnFetch(each.method(), each.path(), mechanisms, Set.of(each.scope()), each.work()))
                .toList());
    }

    private QueueDefinitions queues() {
        return QueueDefinitions.of(program.queues().toArray(QueueDefinition[]::new));
    }

    @Override
    public List<OnStart> beginnings() {
        return List.of(new OnStart(ProgramTask.CONTAINERS, new Containers(program.namespaces(), program.databases())));
    }

    @Override
    public List<OnCron> crons() {
        return program.crons();
    }

    @Override
    public List<Consuming> consumers() {
        return program.consumers();
    }

    /** Nothing changes while it runs. */
    @Override
    public void adopt(AppConfig newer) {}

    @Override
    public List<String> ready() {
        return ready;
    }
}
