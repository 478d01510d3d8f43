package io.ag06.local;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds every module against its rules. It is here because only here all of them are on the class path. */
class ArchitectureTest {
    /** What takes seconds and a port: a test of it is a story. */
    private static final Set<String> PARTS_OF_THE_STACK = Set.of(
            "io.ag06.local.LocalStack",
            "io.ag06.local.LocalKafka",
            "io.ag06.local.LocalFlink",
            "io.ag06.local.clickhouse.LocalClickHouse");

    private static JavaClasses product;
    private static JavaClasses tests;

    @BeforeAll
    static void readEveryModule() throws IOException {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.ag06");
        tests = new ClassFileImporter().importPaths(testClassesOfEveryModule());
    }

    @ParameterizedTest
    @EnumSource(ArchitectureRule.class)
    void whatRunsKeepsTheRule(ArchitectureRule rule) {
        rule.check(product);
    }

    @Test
    void testsThatStartAPartOfTheStackAreFoundByName() {
        classes()
                .that(describe("hold tests and start a part of the stack", ArchitectureTest::isAStory))
                .should()
                .haveSimpleNameEndingWith("ITCase")
                .because("the fast tests run without them, and who looks for them finds them by their names")
                .check(tests);
    }

    @Test
    void testsDoNotSleep() {
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("sleep|parkNanos|parkUntil")))
                .because(
                        "a test waits for a condition with a deadline; a pause is too short on one machine and too long"
                                + " on every other")
                .check(tests);
    }

    private static boolean isAStory(JavaClass type) {
        return type.getMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(Test.class))
                && type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .getFullName())
                        .anyMatch(name -> PARTS_OF_THE_STACK.contains(name) || name.contains(".MiniCluster"));
    }

    /** Of the modules that were built together with this one. */
    private static List<Path> testClassesOfEveryModule() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("").toAbsolutePath().getParent())) {
            return modules.map(module -> module.resolve("target/test-classes"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
