package io.triport.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;

/** Classes that a person starts: what they wire may come from the system. */
final class Mains {
    static final DescribedPredicate<JavaClass> HAS_MAIN = DescribedPredicate.describe(
            "has a main method",
            found -> found.tryGetMethod("main", String[].class)
                    .filter(main -> main.getModifiers().contains(JavaModifier.STATIC)
                            && main.getModifiers().contains(JavaModifier.PUBLIC))
                    .isPresent());

    private Mains() {}
}
