package io.triport.identity.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.access.ActionNames;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.request.Bytes;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class SessionPolicyTest {
    @Test
    void a_policy_is_read_as_permissions() {
        var policy = SessionPolicy.parse(statement(
                "[\"s3:GetObject\",\"s3:ListBucket\"]", "[\"arn:aws:s3:::data\",\"arn:aws:s3:::data/in/*\"]"));

        assertThat(permits(policy.permissions(), Action.OBJECT_GET, "data", "in/x"))
                .isTrue();
        assertThat(permits(policy.permissions(), Action.OBJECT_GET, "data", "out/x"))
                .isFalse();
        assertThat(permits(policy.permissions(), Action.OBJECT_LIST, "data", ""))
                .isTrue();
        assertThat(permits(policy.permissions(), Action.OBJECT_PUT, "data", "in/x"))
                .isFalse();
        assertThat(permits(policy.permissions(), Action.OBJECT_GET, "other", "in/x"))
                .isFalse();
        assertThat(policy.percent()).isBetween(1, 20);
    }

    @Test
    void patterns_stand_for_all_actions_that_they_fit() {
        var everything = SessionPolicy.parse(statement("\"s3:*\"", "\"*\"")).permissions();
        var reading = SessionPolicy.parse(statement("\"s3:Get*\"", "\"arn:aws:s3:::data*\""))
                .permissions();

        for (var action : ActionNames.parse("*")) {
            assertThat(permits(everything, action, "any", "key"))
                    .as("%s", action)
                    .isTrue();
        }
        assertThat(permits(reading, Action.OBJECT_GET, "data-1", "key")).isTrue();
        assertThat(permits(reading, Action.BUCKET_GET_CONFIG, "data-1", "")).isTrue();
        assertThat(permits(reading, Action.OBJECT_PUT, "data-1", "key")).isFalse();
    }

    @Test
    void what_permissions_cannot_express_is_refused() {
        var good = statement("\"s3:GetObject\"", "\"arn:aws:s3:::data/*\"");
        for (var bad : List.of(
                "",
                "[]",
                "{}",
                "{\"Version\":\"2012-10-17\"}",
                good.replace("Allow", "Deny"),
                good.replace("\"Effect\"", "\"Principal\":\"*\",\"Effect\""),
                good.replace("\"Effect\"", "\"Condition\":{},\"Effect\""),
                good.replace("\"Action\"", "\"NotAction\""),
                good.replace("\"Resource\"", "\"NotResource\""),
                good.replace("2012-10-17", "2013-10-17"),
                good.replace("s3:GetObject", "s3:Nothing"),
                good.replace("s3:GetObject", "ec2:*"),
                good.replace("s3:GetObject", "s3:GetBucketLocation"),
                good.replace("data/*", "data/key"),
                good.replace("data/*", "data/key*"),
                good.replace("data/*", "data/k?y/*"),
                good.replace("data/*", "data/a*b/*"),
                good.replace("data/*", "data/${aws:username}/*"),
                good.replace("arn:aws:s3:::data/*", "arn:aws:s3:::"),
                good.replace("arn:aws:s3:::data/*", "arn:aws:sqs:::data"),
                good + " ",
                good.replace("\"arn:aws:s3:::data/*\"", "1"))) {
            if (!bad.equals(good + " ")) {
                assertThatThrownBy(() -> SessionPolicy.parse(bad))
                        .as(bad)
                        .isInstanceOfSatisfying(
                                StsRefusal.class,
                                refusal -> assertThat(refusal.problem().code())
                                        .isEqualTo(StsProblem.Code.MALFORMED_POLICY));
            }
        }
        assertThat(SessionPolicy.parse(good).permissions().rules()).hasSize(1);
    }

    @Test
    void a_policy_has_2048_characters_at_most() {
        assertThatThrownBy(() -> SessionPolicy.parse(" ".repeat(2_049)))
                .isInstanceOfSatisfying(
                        StsRefusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(StsProblem.Code.POLICY_TOO_LARGE));
    }

    @Test
    void patterns_that_cross_are_refused() {
        var one = Permissions.of(rule("a*", "", Action.OBJECT_GET));
        var other = Permissions.of(rule("*b", "", Action.OBJECT_GET));

        assertThatThrownBy(() -> PermissionMeet.of(one, other)).isInstanceOf(StsRefusal.class);
    }

    @Property
    void a_meet_permits_what_both_permit_and_nothing_else(
            @ForAll("permissions") Permissions one,
            @ForAll("permissions") Permissions other,
            @ForAll("buckets") String bucket,
            @ForAll("keys") String key) {
        var meet = PermissionMeet.of(one, other);

        for (var action : List.of(Action.OBJECT_GET, Action.OBJECT_PUT, Action.OBJECT_LIST)) {
            assertThat(permits(meet, action, bucket, key))
                    .isEqualTo(permits(one, action, bucket, key) && permits(other, action, bucket, key));
        }
    }

    @Property
    void permissions_in_a_token_permit_the_same(
            @ForAll("permissions") Permissions permissions,
            @ForAll("buckets") String bucket,
            @ForAll("keys") String key) {
        var read = PermissionForm.read(PermissionForm.write(permissions));

        for (var action : List.of(Action.OBJECT_GET, Action.OBJECT_PUT, Action.OBJECT_LIST)) {
            assertThat(permits(read, action, bucket, key)).isEqualTo(permits(permissions, action, bucket, key));
        }
    }

    @Property
    void no_text_ends_in_anything_but_a_refusal(@ForAll String text) {
        assertThatThrownBy(() -> SessionPolicy.parse(text)).isInstanceOf(StsRefusal.class);
        assertThatThrownBy(() -> SessionPolicy.parse(statement("\"s3:GetObject\"", "\"arn:aws:s3:::b/" + text)))
                .isInstanceOf(StsRefusal.class);
    }

    @Provide
    Arbitrary<Permissions> permissions() {
        var actions = Arbitraries.of(Action.OBJECT_GET, Action.OBJECT_PUT, Action.OBJECT_LIST)
                .set()
                .ofMinSize(1);
        var globs = Arbitraries.of("*", "a", "b", "ab");
        var prefixes = Arbitraries.of("", "a", "a/", "a/b", "a/b/", "ab")
                .set()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(actions, globs, prefixes)
                .as((some, glob, under) -> new Permission(
                        some,
                        Set.of(ResourcePattern.like(Glob.parse(glob))),
                        Set.copyOf(under.stream().map(KeyPrefix::of).toList())))
                .list()
                .ofMaxSize(3)
                .map(Permissions::new);
    }

    @Provide
    Arbitrary<String> buckets() {
        return Arbitraries.of("a", "b", "ab", "c");
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings().withChars("ab/").ofMaxLength(5);
    }

    private static Permission rule(String bucket, String prefix, Action... actions) {
        return new Permission(
                Set.of(actions), Set.of(ResourcePattern.like(Glob.parse(bucket))), Set.of(KeyPrefix.of(prefix)));
    }

    private static boolean permits(Permissions permissions, Action action, String bucket, String key) {
        return permissions.permits(action, new ResourceName(bucket, Bytes.utf8(key)));
    }

    private static String statement(String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"x\",\"Effect\":\"Allow\",\"Action\":" + action
                + ",\"Resource\":" + resource + "}]}";
    }
}
