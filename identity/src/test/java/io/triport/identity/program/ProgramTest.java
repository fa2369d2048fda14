package io.triport.identity.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.TaskName;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeLink;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.handler.FetchRoutes;
import io.triport.identity.handler.Reply;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;
import io.triport.testkit.TlsAuthority;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest {
    private static final QueueName JOBS = new QueueName("jobs");
    private static final String KEYS = """
        identity:
          keys: {type: api-key, pepper: ["${env:PEPPER}"]}
          others: {type: api-key, store: others, pepper: ["${env:PEPPER}"]}
        """;

    @TempDir
    Path directory;

    private final Program program = Program.named("parcels", 8841, caller -> Permissions.NONE)
            .fetch(Method.GET, "/parcels", "parcels.read", (request, grant, storage) -> Reply.notFound());

    private enum Work implements SystemTask {
        ALL;

        @Override
        public TaskName taskName() {
            return new TaskName("all");
        }

        @Override
        public Permissions permissions() {
            return Permissions.of(Permission.on("PARCELS", Action.KV_GET));
        }
    }

    @Test
    void without_a_key_by_which_anybody_could_come_in_it_does_not_start() {
        assertThatExceptionOfType(ConfigError.class)
                .isThrownBy(() -> read("", StartMode.Credentials.CONFIGURED))
                .withMessageContaining("no identity configured");
    }

    @Test
    void for_development_it_makes_a_key_and_says_where_it_lies() {
        var first = read("", StartMode.Credentials.DEVELOPMENT);
        var second = read("", StartMode.Credentials.DEVELOPMENT);

        assertThat(first.ready()).isEqualTo(second.ready());
        assertThat(first.ready()).singleElement().asString().startsWith("token-file=" + directory);
        assertThat(first.mechanisms()).hasSize(1);
    }

    @Test
    void callers_come_by_every_mechanism_that_is_configured() {
        var config = read(KEYS, StartMode.Credentials.CONFIGURED);

        var routes = (FetchRoutes) config.beans().getFirst();
        assertThat(config.mechanisms()).hasSize(2);
        assertThat(routes.handlers())
                .singleElement()
                .satisfies(handler -> assertThat(handler.mechanisms())
                        .extracting(Object::toString)
                        .containsExactly("keys", "others"));
    }

    @Test
    void a_mechanism_of_another_kind_is_refused() {
        assertThatExceptionOfType(ConfigError.class)
                .isThrownBy(() -> read("identity: {keys: {type: magic}}", StartMode.Credentials.CONFIGURED));
        assertThatExceptionOfType(ConfigError.class)
                .isThrownBy(() -> read("identity: {keys: {}}", StartMode.Credentials.CONFIGURED));
    }

    @Test
    void it_has_what_it_names_and_nothing_else() {
        var bucket = new BucketName("labels");
        var plain = read("", StartMode.Credentials.DEVELOPMENT).beans();
        program.queue(QueueDefinition.of(JOBS)).bucket(bucket).database(new DatabaseName("main"));
        var rich = read("", StartMode.Credentials.DEVELOPMENT).beans();

        assertThat(plain).noneMatch(BucketBindings.class::isInstance).doesNotContain(SqlLimits.USUAL);
        assertThat(rich).contains(SqlLimits.USUAL);
        assertThat(rich)
                .filteredOn(QueueDefinitions.class::isInstance)
                .singleElement()
                .satisfies(queues ->
                        assertThat(((QueueDefinitions) queues).find(JOBS)).isPresent());
        assertThat(rich)
                .filteredOn(BucketBindings.class::isInstance)
                .singleElement()
                .satisfies(buckets -> {
                    assertThat(((BucketBindings) buckets).find(bucket)).isPresent();
                    assertThat(((BucketBindings) buckets).find(new BucketName("others")))
                            .isEmpty();
                });
    }

    @Test
    void its_nodes_know_each_other_where_it_has_objects(@TempDir Path files) {
        var authority = new TlsAuthority();
        authority.file(files.resolve("ca.pem"));
        authority.issue("CN=node").certFile(files.resolve("cert.pem"));
        var peers = "triport: {peers: {listen: 'h:1', ca: %1$s/ca.pem, cert: %1$s/cert.pem, key: %1$s/key.pem}}"
                .formatted(files);
        assertThat(read(peers, StartMode.Credentials.DEVELOPMENT).beans()).noneMatch(NodeLink.class::isInstance);
        program.objects(new ObjectClass("counters"), () -> (event, context) -> ObjectAnswer.EMPTY);

        assertThatExceptionOfType(ConfigError.class)
                .isThrownBy(() -> read(peers, StartMode.Credentials.DEVELOPMENT))
                .withMessageContaining("triport.peers.key");
        var own = authority.issue("CN=node");
        own.certFile(files.resolve("cert.pem"));
        own.keyFile(files.resolve("key.pem"));
        assertThat(read(peers, StartMode.Credentials.DEVELOPMENT).beans())
                .filteredOn(NodeLink.class::isInstance)
                .singleElement()
                .satisfies(link -> assertThat(((NodeLink) link).announced()).isEqualTo(new NodeAddress("h", 1)));
    }

    @Test
    void what_it_does_by_itself_is_known_with_its_task() {
        program.queue(QueueDefinition.of(JOBS), Work.ALL, (batch, verdicts, grant, storage) -> verdicts.ackAll())
                .scheduled("*/5 * * * *", Work.ALL, (tick, grant, storage) -> {})
                .namespace(new NamespaceTitle("PARCELS"));
        var config = read("", StartMode.Credentials.DEVELOPMENT);

        assertThat(config.consumers())
                .singleElement()
                .satisfies(each -> assertThat(each.task()).isEqualTo(Work.ALL));
        assertThat(config.crons())
                .singleElement()
                .satisfies(each -> assertThat(each.task()).isEqualTo(Work.ALL));
        assertThat(config.beginnings())
                .singleElement()
                .satisfies(each -> assertThat(each.task().permissions().rules())
                        .singleElement()
                        .satisfies(rule -> assertThat(rule.actions())
                                .containsExactlyInAnyOrder(
                                        Action.NAMESPACE_FIND,
                                        Action.NAMESPACE_CREATE,
                                        Action.DATABASE_FIND,
                                        Action.DATABASE_CREATE)));
    }

    @Test
    void a_name_or_a_schedule_that_is_none_is_refused_where_it_is_said() {
        assertThatIllegalArgumentException().isThrownBy(() -> Program.named("Parcels", 0, caller -> Permissions.NONE));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> program.scheduled("every day", Work.ALL, (tick, grant, storage) -> {}));
    }

    private AppConfig read(String yaml, StartMode.Credentials credentials) {
        var sources = new Sources(
                ConfigFile.parse("test.yml", yaml.isEmpty() ? "triport: {}" : yaml),
                Map.of("PEPPER", "a pepper of thirty-two bytes or more"),
                Map.of());
        return program.read(sources.root().section("triport"), sources, new StartMode(credentials, directory));
    }
}
