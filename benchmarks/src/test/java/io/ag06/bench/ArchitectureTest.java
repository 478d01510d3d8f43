package io.ag06.bench;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import io.ag06.local.ArchitectureRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds this module, and how it knows the others, against the rules of all; those are tested without it before. */
class ArchitectureTest {
    private static JavaClasses product;

    @BeforeAll
    static void readEveryModule() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ArchitectureTest::isNoJarOfTests)
                .importPackages("io.ag06");
    }

    @ParameterizedTest
    @EnumSource(ArchitectureRule.class)
    void whatRunsKeepsTheRule(ArchitectureRule rule) {
        rule.check(product);
    }

    private static boolean isNoJarOfTests(Location location) {
        return !location.contains("-tests.jar");
    }
}
