from odoo import api, models

RENAMED = {  # record of l10n_cn_city: (name it ships, name in force)
    "china_city_710200": ("西安市高陵县", "西安市高陵区"),
    "china_city_710300": ("西安市户县", "西安市鄠邑区"),
    "china_city_712100": ("咸阳市杨凌区", "咸阳市杨陵区"),
    "china_city_713500": ("咸阳市彬县", "咸阳市彬州市"),
    "china_city_714100": ("渭南市华县", "渭南市华州区"),
    "china_city_717300": ("延安市子长县", "延安市子长市"),
    "china_city_717400": ("延安市安塞县", "延安市安塞区"),
    "china_city_719200_371": ("榆林市横山县", "榆林市横山区"),
    "china_city_719300": ("榆林市神木县", "榆林市神木市"),
    "china_city_721400": ("宝鸡市凤翔县", "宝鸡市凤翔区"),
    "china_city_723100": ("汉中市南郑县", "汉中市南郑区"),
    "china_city_725700": ("安康市旬阳县", "安康市旬阳市"),
}
CITY_ZIP = "710000"
"""The city record of every inner district of Xi'an ships with the postal code of the city as a whole."""


class ResCity(models.Model):
    """Names of Shaanxi's divisions as they are in force today."""

    _inherit = "res.city"

    @api.model
    def _xian_correct_cities(self):
        """Correct names and postal codes that are still those of ``l10n_cn_city``; what a user has changed stays.

        Called on every install and update: the records are not updated by their own module.
        """
        for xmlid, (old, new) in RENAMED.items():
            city = self.env.ref(f"l10n_cn_city.{xmlid}", raise_if_not_found=False)
            if city:
                languages = ("en_US", "zh_CN")
                names = {lang: new for lang in languages if city.with_context(lang=lang).name == old}
                city.update_field_translations("name", names)
        for district in self.env["l10n_cn_xian.district"].search([("city_id.zipcode", "=", CITY_ZIP), ("zip", "!=", False)]):
            district.city_id.zipcode = district.zip
