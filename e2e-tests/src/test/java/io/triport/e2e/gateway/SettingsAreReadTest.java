package io.triport.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nothing of the gateway's file is kept in a record that nobody asks. */
final class SettingsAreReadTest {
    /** Refused at the start, so nobody needs to read them; those that come to be read leave this list. */
    private static final Set<String> REFUSED = Set.of(
            "UpstreamSettings$Health.path",
            "UpstreamSettings$Health.timeout",
            "UpstreamSettings$Health.expect",
            "UpstreamSettings$Tls.ca",
            "UpstreamSettings$Tls.clientCert",
            "UpstreamSettings$Tls.clientKey",
            "UpstreamSettings.protocol");

    @Test
    void every_component_of_a_settings_record_is_read_by_something_that_acts_on_it() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.triport.gateway");

        var forgotten = new TreeSet<String>();
        for (var settings : classes) {
            if (settings.isRecord() && settings.getSimpleName().length() > 0 && holdsSettings(settings)) {
                settings.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC) && !read(field))
                        .forEach(field -> forgotten.add(name(settings) + "." + field.getName()));
            }
        }

        forgotten.removeAll(REFUSED);
        assertThat(forgotten).isEmpty();
        assertThat(classes.get("io.triport.gateway.config.RouteSettings").isRecord())
                .isTrue();
    }

    /** What mechanisms are made of is the affair of each, and not of the file's records. */
    private static boolean holdsSettings(JavaClass candidate) {
        return candidate.getPackageName().equals("io.triport.gateway.config")
                        && !topLevel(candidate).contains("Mechanism")
                || candidate.getSimpleName().equals("AuditSettings");
    }

    private static boolean read(JavaField field) {
        var accessor = field.getOwner().getMethod(field.getName());
        return accessor.getAccessesToSelf().stream().anyMatch(access -> acts(access, field))
                || accessor.getReferencesToSelf().stream().anyMatch(access -> acts(access, field))
                || field.getAccessesToSelf().stream().anyMatch(access -> acts(access, field));
    }

    /** Neither the reading of the file nor what every record has. */
    private static boolean acts(JavaAccess<?> access, JavaField field) {
        JavaCodeUnit origin = access.getOrigin();
        if (!topLevel(origin.getOwner()).equals(topLevel(field.getOwner()))) {
            return true;
        }
        return !origin.isConstructor()
                && !origin.getModifiers().contains(JavaModifier.STATIC)
                && !Set.of(field.getName(), "equals", "hashCode", "toString").contains(origin.getName());
    }

    private static String topLevel(JavaClass type) {
        var name = type.getName();
        return name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
    }

    private static String name(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }
}
