package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {
    /** Becomes ready as the app does, then waits to be stopped. */
    private static final String SERVING_APP = """
        case $0:$* in *AOTCacheOutput* | */jwebserver:*) exit 1 ;; *gateway-app-*) app=gateway ;; *object-proxy-app-*) app=object-proxy ;; *manager-app-*) app=manager ;; *) app=kv-proxy ;; esac
        while [ $# -gt 0 ]; do
            [ "$1" = --data ] && data=$2
            shift
        done
        trap 'echo stopped; rm -f "$data/run/$app.ready"; exit 143' TERM
        mkdir -p "$data/run"
        echo address=http://127.0.0.1:1234 >"$data/run/new"
        echo secret-file="$data/dev/secret" >>"$data/run/new"
        echo token-file="$data/dev/token" >>"$data/run/new"
        mv "$data/run/new" "$data/run/$app.ready"
        while :; do sleep 0.1; done\
        """;

    private final FakeCheckout checkout;

    LauncherTest(@TempDir Path folder) {
        checkout = new FakeCheckout(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start",
                "up now",
                "up --data",
                "up --port eighty",
                "run",
                "run kv-store",
                "check",
                "check kv-proxy",
                "check kv-store app.yml",
                "keygen",
                "keygen rsa",
                "explain",
                "explain 1234 5678",
                "test everything",
                "build everything",
                "bench disk"
            })
    void words_that_make_no_command_are_wrong_usage(String line) {
        checkout.jdk("jvm/jdk-25", "25.0.3", 0);
        checkout.maven("3.8.7", "");

        var outcome = checkout.triport(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("triport");
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void an_app_that_does_not_exist_is_answered_with_those_that_do() {
        assertThat(checkout.triport("run", "kv-store").err())
                .isEqualTo(
                        "triport: kv-store: no such app (expected: kv-proxy, object-proxy, manager, gateway) (./triport"
                                + " help)\n");
    }

    @Test
    void help_explains_every_command_on_one_screen() {
        var outcome = checkout.triport("help");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).hasSizeLessThanOrEqualTo(40);
        assertThat(outcome.out())
                .contains("triport up", "triport run", "triport check", "triport keygen", "triport explain")
                .contains(
                        "triport example",
                        "triport test",
                        "triport build",
                        "triport bench",
                        "triport soak",
                        "triport help");
    }

    @Test
    void without_a_jdk_one_line_says_what_to_install() {
        checkout.jdk("jvm/jdk-24", "24.0.2", 0);

        var outcome = checkout.triport("keygen", "hmac");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err()).hasLineCount(1).contains("no JDK 25 or newer found", "install", "TRIPORT_JAVA_HOME");
    }

    @Test
    void without_maven_one_line_says_what_to_install() {
        checkout.jdk("jvm/jdk-25", "25", 0);

        var outcome = checkout.triport("keygen", "hmac");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err()).hasLineCount(1).contains("no Maven found");
    }

    @Test
    void a_maven_that_is_too_old_is_named_with_its_version() {
        checkout.jdk("jvm/jdk-25", "25", 0);
        checkout.maven("3.6.3", "");

        var outcome = checkout.triport("build");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err()).hasLineCount(1).contains("Maven 3.8 or newer", "3.6");
    }

    @Test
    void the_jdk_that_was_chosen_comes_before_all_others() {
        checkout.with("TRIPORT_JAVA_HOME", checkout.jdk("chosen", "25.0.1", 0));
        checkout.with("JAVA_HOME", checkout.jdk("default", "25.0.3", 0));
        checkout.jdk("jvm/newest", "27", 0);

        assertThat(javaOf("keygen", "hmac")).contains("/chosen/bin/java");
    }

    @Test
    void a_chosen_jdk_that_is_too_old_is_told_and_passed_over() {
        checkout.with("TRIPORT_JAVA_HOME", checkout.jdk("chosen", "21.0.9", 0));
        checkout.with("JAVA_HOME", checkout.jdk("default", "25.0.3", 0));

        assertThat(javaOf("keygen", "hmac")).contains("/default/bin/java");
        assertThat(checkout.read("err")).contains("TRIPORT_JAVA_HOME is no JDK 25 or newer");
    }

    @Test
    void the_java_on_the_path_comes_before_the_usual_folders() throws IOException {
        var jdk = checkout.jdk("opt/jdk", "25.0.1", 0);
        Files.createSymbolicLink(checkout.root().resolveSibling("bin/java"), jdk.resolve("bin/java"));
        checkout.jdk("jvm/newest", "27", 0);

        assertThat(javaOf("keygen", "hmac")).contains("/opt/jdk/bin/java");
    }

    @Test
    void of_the_usual_folders_the_newest_jdk_is_taken() {
        checkout.with("JAVA_HOME", checkout.jdk("default", "17.0.15", 0));
        checkout.jdk("jvm/a", "25.0.9", 0);
        checkout.jdk("jvm/b", "25.0.10", 0);
        checkout.jdk("jvm/c", "25", 0);

        assertThat(javaOf("keygen", "hmac")).contains("/jvm/b/bin/java");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "78, 78"})
    void the_code_of_the_app_is_the_code_of_the_command(int ended, int code) {
        checkout.jdk("jvm/jdk-25", "25", ended);
        checkout.maven("3.8.7", "");

        assertThat(checkout.triport("check", "kv-proxy", "app.yml").code()).isEqualTo(code);
    }

    @Test
    void words_for_the_app_reach_it_as_they_are() {
        checkout.jdk("jvm/jdk-25", "25", 0);

        assertThat(javaOf("run", "kv-proxy", "--config", "my app.yml", "--port", "0"))
                .endsWith("kv-proxy-app-0.1.0.jar --data " + checkout.root() + "/var --config my app.yml --port 0\n")
                .contains("/bin/java @" + checkout.root() + "/build/jvm.options -jar ");
    }

    @ParameterizedTest
    @CsvSource({
        "keygen api-key,                           gateway-app-0.1.0.jar keygen api-key",
        "keygen api-key --config a.yml --list,     gateway-app-0.1.0.jar keygen api-key --config a.yml --list",
        "keygen api-key gateway --config a.yml,    gateway-app-0.1.0.jar keygen api-key --config a.yml",
        "keygen api-key kv-proxy --config a.yml,   kv-proxy-app-0.1.0.jar keygen api-key --config a.yml"
    })
    void keys_are_made_in_the_store_of_the_app_that_is_named(String line, String words) {
        checkout.jdk("jvm/jdk-25", "25", "case $* in *AOTCacheOutput*) exit 1 ;; esac; echo \"$*\"");

        assertThat(javaOf(line.split(" "))).endsWith(words + "\n");
    }

    @Test
    void what_is_set_for_the_gateway_reaches_it_on_the_first_run_after_a_build_and_not_its_training() {
        checkout.jdk("jvm/jdk-25", "25", "echo \"$ROUTES $JWT_SECRET\"; case $* in *AOTCacheOutput*) exit 1 ;; esac");
        checkout.maven("3.8.7", "");
        checkout.with("ROUTES", "/a=http://127.0.0.1:1").with("JWT_SECRET", "mine");

        assertThat(checkout.triport("run", "gateway").out()).endsWith("/a=http://127.0.0.1:1 mine\n");
        assertThat(checkout.read("root/gateway-app/target/aot/training.log")).doesNotContain("/a=", "mine");
    }

    @Test
    void only_what_is_out_of_date_is_built() throws IOException {
        checkout.jdk("jvm/jdk-25", "25", 0);
        checkout.maven("3.8.7", "");
        var source = checkout.source("domain/src/main/java/Grant.java");

        checkout.triport("keygen", "hmac");
        checkout.triport("keygen", "hmac");
        assertThat(checkout.builds()).hasSize(1);

        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        checkout.triport("keygen", "hmac");
        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void a_failed_build_starts_nothing_and_says_why() {
        checkout.jdk("jvm/jdk-25", "25", 0);
        checkout.maven("3.8.7", "echo '[ERROR] no such symbol'; exit 1");

        var outcome = checkout.triport("run", "kv-proxy");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("no such symbol", "target/build.log");
        assertThat(checkout.triport("run", "kv-proxy").code()).isEqualTo(1);
        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void running_apps_are_announced_and_stopped_gracefully() throws Exception {
        checkout.jdk("jvm/jdk-25", "25", SERVING_APP);
        checkout.maven("3.8.7", "");

        var up = checkout.start("up", "--data", "here");
        awaitLine(up, "Ctrl-C stops them.");
        up.destroy();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isZero();
        assertThat(checkout.read("out")).contains("http://127.0.0.1:1234", "/home/here/dev/secret", "zin get");
        assertThat(checkout.read("out")).contains("/kv-proxy/health");
        assertThat(checkout.read("home/here/log/kv-proxy.log")).endsWith("stopped\n");
        assertThat(checkout.read("out")).contains("--aws-sigv4");
        assertThat(checkout.read("home/here/log/object-proxy.log")).endsWith("stopped\n");
        assertThat(checkout.read("home/here/log/gateway.log")).endsWith("stopped\n");
        assertThat(checkout.read("out")).contains("manager /api/namespaces");
        assertThat(checkout.read("home/here/log/manager.log")).endsWith("stopped\n");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "78, 78", "134, 1"})
    void an_app_that_ends_before_it_is_ready_ends_the_wait_with_its_last_words(int ended, int code) {
        checkout.jdk("jvm/jdk-25", "25", "echo the port is taken; exit " + ended);
        checkout.maven("3.8.7", "");

        var outcome = checkout.triport("up");

        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("the port is taken");
    }

    @Test
    void tests_end_with_their_count() {
        checkout.jdk("jvm/jdk-25", "25", 0);
        checkout.maven("3.8.7", report("domain", 5, 0, 0, 1) + report("identity", 3, 0, 0, 0));

        var outcome = checkout.triport("test");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).endsWith("7 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void failed_tests_fail_the_command() {
        checkout.jdk("jvm/jdk-25", "25", 0);
        checkout.maven("3.8.7", report("domain", 10, 2, 1, 0) + "exit 1");

        var outcome = checkout.triport("test");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).endsWith("7 passed, 3 failed, 0 skipped\n");
    }

    private static String report(String module, int tests, int errors, int failures, int skipped) {
        return """
            mkdir -p %1$s/target/surefire-reports
            cat >%1$s/target/surefire-reports/TEST-a.xml <<'END'
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="a" time="0.1" tests="%2$d" errors="%3$d" skipped="%5$d" failures="%4$d">
              <testcase name="tests=&quot;9&quot;"/>
            </testsuite>
            END
            """.formatted(module, tests, errors, failures, skipped);
    }

    private String javaOf(String... words) {
        checkout.maven("3.8.7", "");
        return checkout.triport(words).out();
    }

    private void awaitLine(Process process, String line) {
        while (!checkout.read("out").contains(line)) {
            assertThat(process.isAlive()).as(checkout.read("err")).isTrue();
            Thread.onSpinWait();
        }
    }
}
